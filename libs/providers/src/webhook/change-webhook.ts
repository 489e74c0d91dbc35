import type { CredentialsChange, CredentialsCheck, SavedCredentials } from '../declaration.js';

type Check = (credentials: Record<string, unknown>) => Promise<CredentialsCheck>;

const OTHER_HOST =
  'is sent to the origin that it was saved for only; give it again for the new URL, or null to remove it';

/**
 * What is saved is a URL with its header, or nothing is known of the header. Each can be changed without the other. A header
 * stays with its origin: else a person who may change the URL could have it sent to a host of their own. A header that is
 * sealed without its URL has its origin beside it, and the delivery service sends it nowhere else.
 */
export async function changeWebhook(
  typed: Record<string, unknown>,
  { destination, secrets }: SavedCredentials,
  check: Check,
): Promise<CredentialsChange> {
  const { origin } = new URL(destination);
  if (typed['url'] === undefined && typed['authorization'] !== undefined) {
    const checked = await check({ ...typed, url: origin });
    if (checked.kind !== 'ok') return checked;
    const { authorization } = checked.credentials.plain as { authorization: string | null };
    return {
      kind: 'ok',
      credentials: { ...checked.credentials, plain: { authorization, origin }, destination, keep: 'url' },
    };
  }
  const checked = await check(typed);
  if (checked.kind !== 'ok') return checked;
  const whole = { ...checked.credentials, keep: null };
  if (typed['authorization'] !== undefined || secrets?.length === 0) return { kind: 'ok', credentials: whole };
  const { url } = checked.credentials.plain as { url: string };
  if (new URL(url).origin !== origin)
    return { kind: 'refused', error: { field: 'authorization', message: OTHER_HOST } };
  return {
    kind: 'ok',
    credentials: {
      ...whole,
      plain: { url },
      secrets: secrets === null ? undefined : [...secrets],
      keep: 'authorization',
    },
  };
}
