import { setTimeout as wait } from 'node:timers/promises';
import { underLoad, type Outcome, type Running } from '../load/under-load.js';
import { planOf, type Kind } from './plan.js';

/** A system whose processes can be ended. */
export interface Killable {
  gatewayUrl: string;
  /** Ends a process with SIGKILL; answers false where none of the kind runs at the moment. */
  kill: (kind: Kind) => Promise<boolean>;
  /** Resolves when every service is ready. */
  ready: () => Promise<void>;
}

export interface SeededOptions {
  seed: number;
  /** Of each kind. */
  kills: number;
  folder: string;
  perSecond: number;
  say: (line: string) => void;
}

const LOOK_MS = 100;
/** A process that is not back by then counts as a fault of the system. */
const BACK_WITHIN_MS = 90_000;
const SAY_EVERY = 30;

/** Each kind of process ended so many times in random order at random moments while releases are made. */
export async function seededKills(system: Killable, options: SeededOptions): Promise<Outcome> {
  const { seed, kills, folder, perSecond, say } = options;
  const plan = planOf(seed, kills);
  return underLoad({
    gatewayUrl: system.gatewayUrl,
    seed,
    folder,
    perSecond,
    changeEveryMs: 4_000,
    meanwhile: async ({ caused, messagesArrive }) => {
      for (const [place, { kind, atWork, afterMs }] of plan.entries()) {
        if (atWork) await messagesArrive();
        await wait(afterMs); // the moment that the plan says
        await killRunning(system, kind, caused);
        if (place % SAY_EVERY === SAY_EVERY - 1) say(`seed ${seed}: ${place + 1} of ${plan.length} kills`);
      }
      await system.ready();
    },
  });
}

async function killRunning(system: Killable, kind: Kind, caused: Running['caused']): Promise<void> {
  const deadline = Date.now() + BACK_WITHIN_MS;
  for (;;) {
    const since = Date.now();
    if (await system.kill(kind)) return caused(kind, since);
    if (since > deadline) throw new Error(`${kind} is not running again after ${BACK_WITHIN_MS / 1000} s`);
    await wait(LOOK_MS); // the supervisor starts it again
  }
}
