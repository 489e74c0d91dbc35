import type { ServerResponse } from 'node:http';
import type { ChatBehaviour } from './behaviour.js';
import { sendText } from './exchange.js';

/** Answers in place of the product, as a proxy or Cloudflare in front of it does. False: the product is to answer. */
export function answersInFront(
  { mode, retryAfterSeconds }: ChatBehaviour,
  refusals: Record<'blocked' | 'address-limited', string>,
  response: ServerResponse,
): boolean {
  if (mode !== 'blocked' && mode !== 'address-limited') return false;
  const limited = mode === 'address-limited';
  if (limited && retryAfterSeconds > 0) response.setHeader('retry-after', String(retryAfterSeconds));
  response.setHeader('server', 'cloudflare');
  sendText(response, limited ? 429 : 403, refusals[mode]);
  return true;
}
