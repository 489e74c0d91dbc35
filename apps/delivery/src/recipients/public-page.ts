import { Header, applyDecorators } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '#libs/auth';

/** Needs no login. Its address holds a token, so it is neither stored nor passed on. */
export const PublicPage = (): MethodDecorator =>
  applyDecorators(
    Public(),
    Header('content-type', 'text/html; charset=utf-8'),
    Header('cache-control', 'no-store'),
    Header('referrer-policy', 'no-referrer'),
  );

/** One for each thing that can be said; nothing in it comes from a request. */
export const page = (title: string, text: string, button?: string): string => `<!doctype html>
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
${button === undefined ? '' : `<form method="post"><button type="submit">${button}</button></form>\n`}</main>
</body>
</html>
`;

export const UNKNOWN_PAGE = page(
  'This link is not valid',
  'It may have been cut off. Open it once more from the mail, or ask the team that set up the notification.',
);

/** @param known whether we signed the token of this request */
export function answerWith(response: Response, known: boolean, text: string): string {
  if (!known) response.status(404);
  return known ? text : UNKNOWN_PAGE;
}

/** A parameter that is there twice is no token. */
export const tokenIn = (value: unknown): string => (typeof value === 'string' ? value : '');
