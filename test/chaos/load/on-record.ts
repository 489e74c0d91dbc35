import type { LedgerAttempt, Post } from './evidence.js';

export const taken = ({ status }: Post): boolean => status !== undefined && status < 300;

/** Deliveries that came again after their receiver had taken them. */
export function doubledIds(posts: Post[]): string[] {
  const had = new Set<string>();
  const again = new Set<string>();
  for (const post of posts) {
    if (had.has(post.webhookId)) again.add(post.webhookId);
    if (taken(post)) had.add(post.webhookId);
  }
  return [...again];
}

/**
 * The attempts of a delivery as its receiver saw them, in the order in which they were sent. The same request that comes once
 * more after its connection was cut belongs to the same attempt: a kept connection that closes is replaced by a new one.
 */
export function triesOf(posts: Post[]): Post[] {
  const tries: Post[] = [];
  for (const post of posts.toSorted((a, b) => a.sentAt - b.sentAt || a.at - b.at)) {
    const last = tries.at(-1);
    const same = last && last.status === undefined && last.attempt === post.attempt && last.sentAt === post.sentAt;
    if (same) tries.pop();
    tries.push(post);
  }
  return tries;
}

/** Which try each attempt of the ledger was: of those with its number and its answer, the one that was sent when it began. */
export function onRecord(tries: Post[], attempts: LedgerAttempt[]): Map<Post, LedgerAttempt> {
  const found = new Map<Post, LedgerAttempt>();
  for (const attempt of attempts) {
    const distance = ({ sentAt }: Post): number => Math.abs(sentAt - attempt.startedAt);
    const [nearest] = tries
      .filter((post) => !found.has(post) && post.attempt === attempt.number && mayBe(post, attempt))
      .toSorted((a, b) => distance(a) - distance(b));
    if (nearest) found.set(nearest, attempt);
  }
  return found;
}

/** An answer can be missed; none is made up. */
const mayBe = ({ status }: Post, { statusCode }: LedgerAttempt): boolean =>
  statusCode === null || statusCode === status;
