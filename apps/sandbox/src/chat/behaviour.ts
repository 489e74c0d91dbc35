/** How a channel answers what is posted to it. */
export const CHAT_MODES = [
  'ok',
  'revoked',
  'deleted',
  'archived',
  'rate-limited',
  /** As `rate-limited`, but said by what stands in front of the product, about all that comes from one address. */
  'address-limited',
  /** What stands in front of the product refuses the request; the product itself never sees it. */
  'blocked',
  'error',
  'hang',
] as const;
export type ChatMode = (typeof CHAT_MODES)[number];

export interface ChatBehaviour {
  mode: ChatMode;
  /** `rate-limited` and `address-limited` only: what it asks to wait; 0 for `address-limited`: it does not say. */
  retryAfterSeconds: number;
  /** So many more posts, then `ok` again; null: until it is switched. */
  times: number | null;
}

export const CHAT_OK: ChatBehaviour = { mode: 'ok', retryAfterSeconds: 5, times: null };

/** What the post at hand meets, and what the one after it does. */
export function stepChat(behaviour: ChatBehaviour): { now: ChatBehaviour; next: ChatBehaviour } {
  if (behaviour.times === null) return { now: behaviour, next: behaviour };
  const left = behaviour.times - 1;
  return { now: behaviour, next: left > 0 ? { ...behaviour, times: left } : CHAT_OK };
}
