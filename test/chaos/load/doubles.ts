import type { Disturbance, Evidence, Post } from './evidence.js';

/** Posts of a delivery that its receiver had taken before. */
export interface Doubles {
  total: number;
  /** By the process whose end lies between the two posts. */
  explained: Record<string, number>;
  /** Nothing was ended between the two posts. */
  unexplained: string[];
  /** More after one fault than can have been in flight at it. */
  tooMany: string[];
}

/**
 * The end of these can cut an attempt off between its post and its record, and so can a partition that goes to a member of
 * the group that joins; the nearest cause first.
 */
const CAUSES = ['delivery', 'joined', 'postgres', 'kafka'];
/** A request that its sender wrote before it ended can be read by the receiver this long after. */
const ON_ITS_WAY_MS = 2_000;
/** A post does not wait for the record of the one before; so many are made ahead of a ledger that is slow. */
const UNRECORDED = 512;
/** Even on a machine that is busy. */
const AT_ONCE_MS = 5_000;
/** That an instance joined is seen by its being ready, so long after the partitions went to it. */
const NOTICED_MS = 5_000;

/** Finds the doubles and, for each, the fault that explains it: the first one of the likeliest kind after the post before it. */
export function doubles({ posts, disturbances, hooks }: Evidence): Doubles {
  const inFlight = hooks.reduce((sum, { concurrency }) => sum + concurrency, UNRECORDED);
  const byId = new Map<string, Post[]>();
  for (const post of posts) byId.set(post.webhookId, [...(byId.get(post.webhookId) ?? []), post]);
  const found: Doubles = { total: 0, explained: {}, unexplained: [], tooMany: [] };
  const byFault = new Map<Disturbance, number>();
  for (const [id, of] of byId) {
    const firstTaken = of.findIndex(({ status }) => status !== undefined && status < 300);
    if (firstTaken === -1) continue;
    for (let index = firstTaken + 1; index < of.length; index += 1) {
      const [before, again] = [of[index - 1]!, of[index]!];
      if (isSecondTry(before, again)) continue;
      found.total += 1;
      const fault = faultBetween(before, again, disturbances);
      if (fault) byFault.set(fault, (byFault.get(fault) ?? 0) + 1);
      else found.unexplained.push(`${id} at ${again.hook}, ${again.at - before.at} ms after the one before`);
    }
  }
  for (const [{ kind, at }, count] of byFault) {
    found.explained[kind] = (found.explained[kind] ?? 0) + count;
    if (count > inFlight) found.tooMany.push(`${count} after the end of ${kind} at ${new Date(at).toISOString()}`);
  }
  return found;
}

/** A connection that was cut before an answer: the same attempt is made once more at once, on a new one. */
const isSecondTry = (before: Post, again: Post): boolean =>
  before.status === undefined && before.attempt === again.attempt && again.at - before.at < AT_ONCE_MS;

function faultBetween(before: Post, again: Post, disturbances: Disturbance[]): Disturbance | undefined {
  const between = disturbances.filter(
    ({ at, kind }) => at >= before.at - ON_ITS_WAY_MS && at - (kind === 'joined' ? NOTICED_MS : 0) <= again.at,
  );
  for (const cause of CAUSES) {
    const fault = between.find(({ kind }) => kind === cause);
    if (fault) return fault;
  }
  return undefined;
}
