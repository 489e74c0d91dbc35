import type { Disturbance, Evidence, LedgerAttempt, Post } from './evidence.js';
import { onRecord, taken, triesOf } from './on-record.js';

/** Posts of a delivery that its receiver had taken before. */
export interface Doubles {
  /** Without the retries of a double that was refused. */
  total: number;
  /** By the process whose end lies between the two posts. */
  explained: Record<string, number>;
  /** Nothing was ended between the two posts, or the first one was on record. */
  unexplained: string[];
  /** More after one fault than can have been in flight at it. */
  tooMany: string[];
}

type OfDoubles = Pick<Evidence, 'posts' | 'attempts' | 'disturbances' | 'hooks'>;

/**
 * The end of these can keep an attempt from getting on record, and so can a partition that goes to a member of the group
 * that joins; the nearest cause first.
 */
const ENDS = ['delivery', 'joined', 'postgres', 'kafka'];
/** Its former owner lives on, and may record an attempt that the next one has made meanwhile. */
const HANDOVERS = ['joined'];
/** A post does not wait for the record of the one before; so many are made ahead of a ledger that is slow. */
const UNRECORDED = 512;

/**
 * Finds the doubles and, for each, the fault that explains it by what the ledger has of the post before: where that is not on
 * record, the end of something between the two has kept it from there; where it is, nobody should have made it again.
 */
export function doubles({ posts, attempts, disturbances, hooks }: OfDoubles): Doubles {
  const inFlight = hooks.reduce((sum, { concurrency }) => sum + concurrency, UNRECORDED);
  const recorded = grouped(attempts, ({ deliveryId }) => deliveryId);
  const found: Doubles = { total: 0, explained: {}, unexplained: [], tooMany: [] };
  const byFault = new Map<Disturbance, number>();
  for (const [id, of] of grouped(posts, ({ webhookId }) => webhookId)) {
    const tries = triesOf(of);
    const records = onRecord(tries, recorded.get(id) ?? []);
    const firstTaken = tries.findIndex(taken);
    if (firstTaken === -1) continue;
    for (let index = firstTaken + 1; index < tries.length; index += 1) {
      const [before, again] = [tries[index - 1]!, tries[index]!];
      const record = records.get(before);
      if (record && !taken(before) && mayFollow(before, again)) continue; // refused, and on record as that: this is its retry
      found.total += 1;
      const fault = faultBetween(before, again, { disturbances, kinds: kindsAfter(record) });
      if (fault) byFault.set(fault, (byFault.get(fault) ?? 0) + 1);
      else found.unexplained.push(describe(before, again, record));
    }
  }
  for (const [{ kind, at }, count] of byFault) {
    found.explained[kind] = (found.explained[kind] ?? 0) + count;
    if (count > inFlight) found.tooMany.push(`${count} after the end of ${kind} at ${new Date(at).toISOString()}`);
  }
  return found;
}

function grouped<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** In the same round, or in the next one. */
const mayFollow = (before: Post, again: Post): boolean => again.attempt === before.attempt + 1 || again.attempt === 1;

function kindsAfter(record: LedgerAttempt | undefined): string[] {
  if (!record) return ENDS;
  return record.outcome === 'delivered' ? HANDOVERS : []; // a failure that was none is a fault of the sender
}

/** Which of these happened after the first was sent and before the second was: by their senders' clock, that of this machine. */
function faultBetween(
  before: Post,
  again: Post,
  { disturbances, kinds }: { disturbances: Disturbance[]; kinds: string[] },
): Disturbance | undefined {
  const againAt = Math.min(again.sentAt + LAST_OF_SECOND_MS, again.at);
  const between = disturbances.filter(({ since, at }) => at >= before.sentAt && since <= againAt);
  for (const cause of kinds) {
    const fault = between.find(({ kind }) => kind === cause);
    if (fault) return fault;
  }
  return undefined;
}

/** Requests say their time in whole seconds. */
const LAST_OF_SECOND_MS = 999;

const describe = (before: Post, again: Post, record: LedgerAttempt | undefined): string =>
  `${again.webhookId} at ${again.hook}: attempt ${again.attempt} came ${again.at - before.at} ms after attempt ${before.attempt}, ` +
  `which was answered ${before.status ?? 'by a cut'} and is ${record ? `${record.outcome} in round ${record.round}` : 'not on record'}`;
