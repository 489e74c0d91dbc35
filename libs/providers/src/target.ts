import { createHash } from 'node:crypto';

/** Names where credentials lead, by a digest: they are secrets, and nobody needs to read them back. */
export const targetOf = (provider: string, where: string): string =>
  `${provider}:${createHash('sha256').update(where).digest('base64url')}`;

/** Of credentials with a URL: one address, whatever its query says. */
export function targetOfUrl(provider: string, plain: unknown): string {
  const { origin, pathname } = new URL((plain as { url: string }).url);
  return targetOf(provider, origin + pathname);
}
