import { Axios } from 'axios';
import { connectAgents } from '#libs/outbound';
import { OAuthFault } from './oauth-fault.js';

const WITHIN_MS = 10_000;
const CONNECT_WITHIN_MS = 3_000;
const MAX_BYTES = 64 * 1024;

const http = new Axios({
  ...connectAgents(CONNECT_WITHIN_MS),
  proxy: false,
  maxRedirects: 0,
  maxContentLength: MAX_BYTES,
  responseType: 'text',
  validateStatus: null,
});

/**
 * Exchanges a code: a form post with our client's secret, bounded in time, size and redirects.
 * @throws OAuthFault `provider_unavailable` or, where it says no, `provider_refused`
 */
export async function tokenCall(
  url: string,
  form: Record<string, string>,
  withinMs = WITHIN_MS,
): Promise<Record<string, unknown>> {
  const answer = await http
    .post<string>(url, new URLSearchParams(form).toString(), {
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      timeout: withinMs,
      signal: AbortSignal.timeout(withinMs), // `timeout` alone lets an answer drip for ever
    })
    .catch((error: { code?: string }) => {
      throw new OAuthFault('provider_unavailable', error.code);
    });
  const body = objectOf(answer.data);
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
    throw new OAuthFault('provider_refused', codeOf(body));
  if (answer.status !== 200 || !body) throw new OAuthFault('provider_unavailable', String(answer.status));
  return body;
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined; // not JSON: the caller says what that means
  }
}

/** The provider's own code, where it is one: it goes to the log, and must not carry anything else there. */
export function codeOf(body: Record<string, unknown> | undefined): string | undefined {
  const code = body?.['error'];
  return typeof code === 'string' && /^[a-z_]{1,64}$/.test(code) ? code : undefined;
}
