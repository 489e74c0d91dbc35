import { isIPv4 } from 'node:net';
import type { RequestHandler } from 'express';
import { sendProblem } from '#libs/http';
import { Problem } from '#libs/problems';
import { parseUrl } from '#libs/url';

/** Whether a `Host` header names this machine itself, or one of the given names. */
export function isLocalHost(host: string | undefined, names: readonly string[]): boolean {
  const url = host === undefined ? null : parseUrl(`http://${host}`);
  if (url === null) return false;
  const { hostname } = url;
  if (names.includes(hostname)) return true;
  if (isIPv4(hostname)) return hostname.startsWith('127.');
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]';
}

/**
 * A page on the internet can give its own name the address of this machine (DNS rebinding), and its reader's browser then
 * calls us under that name: it must not get a token.
 */
export function localHostsOnly(names: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (isLocalHost(request.headers.host, names)) return next();
    const problem = new Problem(403, 'forbidden', 'Development tokens are for this machine', {
      detail: 'Call localhost, or name the host that you use in LOCAL_HOSTS.',
    });
    sendProblem(response, problem, request.requestId);
  };
}
