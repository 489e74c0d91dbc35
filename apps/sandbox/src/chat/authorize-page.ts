import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './exchange.js';
import { allowed, authorizeRefusal, denied, type AuthorizeQuery, type SignInStandIn } from './stand-in.js';

const TITLES = { slack: 'Slack', discord: 'Discord', teams: 'Teams' };
const PLACES = { slack: 'workspace', discord: 'server', teams: 'team' };

/** The page on which a person picks a channel and allows the app to post there, and what its button does. */
export async function authorize(
  standIn: SignInStandIn,
  query: AuthorizeQuery,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = authorizeRefusal(standIn, query);
  if (refusal) return sendPage(response, 400, standIn, `<p class="bad" role="alert">${escape(refusal.reason)}</p>`);
  if (request.method !== 'POST') return sendPage(response, 200, standIn, form(standIn));
  const answer = new URLSearchParams((await readBody(request)) ?? '');
  const channel = answer.get('new')?.trim() || answer.get('channel') || '';
  if (answer.get('decision') !== 'allow') return redirect(response, denied(query));
  if (!/^#?[\p{L}\p{N}_-]{1,80}$/u.test(channel))
    return sendPage(response, 400, standIn, `<p class="bad" role="alert">Pick a channel.</p>${form(standIn)}`);
  redirect(response, allowed(standIn, query, channel));
}

const redirect = (response: ServerResponse, location: string): void => void response.writeHead(302, { location }).end();

function form({ chat }: SignInStandIn): string {
  const choices = chat
    .list()
    .map(
      ({ name }, n) =>
        `<label><input type="radio" name="channel" value="${escape(name)}"${n === 0 ? ' checked' : ''}> ${escape(name)}</label>`,
    );
  return `<p><strong>NitroPush</strong> asks to post to a channel of the ${PLACES[chat.product]} <strong>${escape(chat.name)}</strong>.</p>
<form method="post">
<fieldset><legend>Where should it post?</legend>${choices.join('')}</fieldset>
<label class="new">Another channel <input name="new" placeholder="#new-channel" autocomplete="off" maxlength="81"></label>
<div class="buttons"><button name="decision" value="deny">Cancel</button><button name="decision" value="allow" class="primary">Allow</button></div>
</form>`;
}

function sendPage(response: ServerResponse, status: number, { chat }: SignInStandIn, body: string): void {
  const title = `Sandbox ${TITLES[chat.product]}`;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    'origin-agent-cluster': '?1', // as all other pages of this origin say
    'referrer-policy': 'no-referrer',
  });
  response.end(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/page/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/page/authorize.css">
</head>
<body class="${chat.product}"><main><header><span class="logo" aria-hidden="true">${chat.product === 'slack' ? '#' : '◆'}</span><h1>${title}</h1></header>
${body}
<p class="quiet">This is the sandbox's stand-in, not the real thing.</p></main></body>
</html>
`);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one]!);
