import { Random } from '../load/random.js';

export const KINDS = ['releases', 'integrations', 'delivery', 'gateway', 'kafka', 'postgres'] as const;
export type Kind = (typeof KINDS)[number];

/** One end of a process. */
export interface Step {
  kind: Kind;
  /** Before it, everything has come so far back that messages arrive again: the fault meets a system at work. */
  atWork: boolean;
  /** So long after the step before, or after that. */
  afterMs: number;
}

const LONGEST_MS = 3_500;
/** The others come in bursts, upon what is still recovering. */
const AT_WORK = 0.3;

/** Ends each kind of process so many times, in random order at random moments: the same from the same seed. */
export function planOf(seed: number, kills: number): Step[] {
  const random = new Random(seed);
  const all = KINDS.flatMap((kind) => Array.from({ length: kills }, () => kind));
  return random
    .shuffled(all)
    .map((kind) => ({ kind, atWork: random.next() < AT_WORK, afterMs: random.between(1, LONGEST_MS) }));
}
