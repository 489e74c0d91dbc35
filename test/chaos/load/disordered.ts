import { callsByRevision } from './due-events.js';
import type { Call, Evidence, Hook, Post } from './evidence.js';

type OfOrder = Pick<Evidence, 'calls' | 'posts' | 'hooks'>;

/**
 * First attempts of one integration and project come in the order of what they tell of. Of two calls one is certainly the
 * earlier where it was answered before the other began.
 */
export function disordered({ calls, posts, hooks }: OfOrder): string[] {
  const callOf = callsByRevision(calls);
  const told = (post: Post): Call | undefined => callOf.get(`${post.releaseId} ${post.revision}`);
  return hooks.filter(keepsOrder).flatMap(({ name }) => {
    const latest = new Map<string, Call>();
    return firstAttempts(posts, name).flatMap((post) => {
      const call = told(post);
      if (!call) return [];
      const before = latest.get(call.projectId);
      if (!before || call.startedAt > before.startedAt) latest.set(call.projectId, call);
      return before && call.endedAt! < before.startedAt ? [describe(post, call, before)] : [];
    });
  });
}

/** One that sends several at once gives up their order. */
const keepsOrder = ({ concurrency, holds }: Hook): boolean => concurrency === 1 && !holds;

/** As they came. A delivery whose first attempt never arrived has none: its retries are not in order. */
function firstAttempts(posts: Post[], hook: string): Post[] {
  const seen = new Set<string>();
  const first = (post: Post): boolean => post.hook === hook && !seen.has(post.webhookId) && !!seen.add(post.webhookId);
  return posts.filter(first).filter(({ attempt }) => attempt === 1);
}

const describe = ({ webhookId, hook, at }: Post, call: Call, before: Call): string =>
  `${webhookId} at ${hook}: call ${call.number} was told of at ${new Date(at).toISOString()}, after call ${before.number}`;
