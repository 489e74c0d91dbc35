import { parseUrl } from '#libs/url';
import { isLong, longestFirst, urlSecrets } from '../url-secrets.js';

export interface WebhookCredentials {
  url: string;
  /** The whole value of the Authorization header. */
  authorization: string | null;
}

/** What a header's value may hold: anything else could begin another header. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** Reads opened credentials; null where they are not those of a webhook. */
export function readWebhookCredentials(value: unknown): WebhookCredentials | null {
  if (typeof value !== 'object' || value === null) return null;
  const { url, authorization = null } = value as { url?: unknown; authorization?: unknown };
  if (typeof url !== 'string' || parseUrl(url) === null) return null;
  if (authorization === null) return { url, authorization };
  return typeof authorization === 'string' && HEADER_VALUE.test(authorization) ? { url, authorization } : null;
}

/** What of the credentials a receiver might repeat in its answer, longest first. */
export function secretsOf({ url, authorization }: WebhookCredentials): string[] {
  const parts = authorization === null ? [] : authorizationParts(authorization);
  return longestFirst([...urlSecrets(url), ...parts.filter(isLong)]);
}

function authorizationParts(authorization: string): string[] {
  const [scheme = '', ...rest] = authorization.split(' ');
  const token = rest.join(' ');
  if (scheme.toLowerCase() !== 'basic') return [authorization, token];
  const plain = Buffer.from(token, 'base64').toString('utf8');
  return [authorization, token, plain, plain.slice(plain.indexOf(':') + 1)];
}
