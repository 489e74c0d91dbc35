/** One for each thing that can be said; nothing in it comes from a request. */
const page = (title: string, text: string, action = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#2457d6;color:#fff;cursor:pointer}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${action}</main>
</body>
</html>
`;

/** A form, because programs that look after links follow them: only the button unsubscribes. */
export const ASK_PAGE = page(
  'Unsubscribe from these mails?',
  'You will get no more mails from this notification. Other notifications that you get are not changed.',
  '<form method="post"><button type="submit">Unsubscribe</button></form>\n',
);

export const DONE_PAGE = page(
  'You are unsubscribed',
  'You get no more mails from this notification. To get them again, ask the team that set it up to add you to another one.',
);

export const UNKNOWN_PAGE = page(
  'This link is not valid',
  'It may have been cut off. Open it once more from the mail, or ask the team that set up the notification to take you off.',
);
