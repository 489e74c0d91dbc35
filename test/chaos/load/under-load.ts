import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { verdictOf, type Verdict } from './checker.js';
import { Client } from './client.js';
import { Destinations } from './destinations.js';
import type { Disturbance, Evidence } from './evidence.js';
import { Journal } from './journal.js';
import { Load } from './load.js';
import { Organization } from './organization.js';
import { Random } from './random.js';
import { doubledIds } from './on-record.js';
import { attemptsOf, listed, settle } from './settle.js';

export interface UnderLoadOptions {
  gatewayUrl: string;
  seed: number;
  /** Where the journal is kept. */
  folder: string;
  perSecond: number;
  changeEveryMs?: number;
  /** How long what is open may take at the end, in ms: longer than the product's own look-rounds. */
  settleWithinMs?: number;
  /** What is done to the system meanwhile. */
  meanwhile: (run: Running) => Promise<void>;
}

/** The run as that sees it which breaks the system. */
export interface Running {
  /** To be called after each fault, with the time before it was begun. */
  caused: (kind: string, since: number) => void;
  /** Resolves when messages arrive at the receivers again. @throws where none do for long */
  messagesArrive: () => Promise<void>;
  /** Calls that were answered with a success so far. */
  accepted: () => number;
}

export interface Outcome extends Verdict {
  faults: Record<string, number>;
  /** From the end of the load to the moment that nothing was open; missing where that never came. */
  settledAfterMs?: number;
}

const SETTLE_WITHIN_MS = 240_000;
/** So many messages at once come from no single straggler. */
const AT_WORK = 20;
const AT_WORK_WITHIN_MS = 180_000;
const LOOK_MS = 100;

/** Loads the system while something is done to it, waits until all is quiet, and judges. */
export async function underLoad(options: UnderLoadOptions): Promise<Outcome> {
  const { seed, folder, gatewayUrl, perSecond, changeEveryMs, meanwhile } = options;
  const journal = new Journal(join(folder, `journal-${seed}.jsonl`));
  const random = new Random(seed);
  const destinations = await Destinations.start(journal, new Random(seed + 1));
  const client = await Client.signIn(gatewayUrl, randomUUID());
  const disturbances: Disturbance[] = [];
  try {
    const organization = new Organization(client, destinations, journal);
    await organization.found();
    const load = new Load({ client, organization, journal, random, perSecond, changeEveryMs });
    const evidence = async (): Promise<Omit<Evidence, 'attempts'>> => ({
      calls: load.calls,
      posts: destinations.posts,
      hooks: organization.hooks,
      disturbances,
      ...(await listed(client, organization.projectIds)),
    });
    load.start();
    try {
      await meanwhile({
        caused: (kind, since) => {
          disturbances.push({ since, at: Date.now(), kind });
          journal.write('fault', { kind, since });
        },
        messagesArrive: () => moreThan(destinations.posts, destinations.posts.length + AT_WORK),
        accepted: () => load.calls.filter(({ release }) => release).length,
      });
    } finally {
      await load.stop();
    }
    const complete = async (): Promise<boolean> => arrived(verdictOf({ ...(await evidence()), attempts: [] }));
    const settledAfterMs = await settle({ client, organization }, complete, options.settleWithinMs ?? SETTLE_WITHIN_MS);
    const faults: Record<string, number> = {};
    for (const { kind } of disturbances) faults[kind] = (faults[kind] ?? 0) + 1;
    const attempts = await attemptsOf(client, doubledIds(destinations.posts));
    journal.write('attempts', { attempts });
    const outcome = { ...verdictOf({ ...(await evidence()), attempts }), faults, settledAfterMs };
    journal.write('outcome', outcome);
    return outcome;
  } finally {
    await client.close();
    await destinations.close();
  }
}

async function moreThan(posts: unknown[], count: number): Promise<void> {
  const deadline = Date.now() + AT_WORK_WITHIN_MS;
  while (posts.length < count) {
    if (Date.now() > deadline) throw new Error(`no messages arrive for ${AT_WORK_WITHIN_MS / 1000} s`);
    await wait(LOOK_MS); // receivers are called by others
  }
}

const arrived = ({ lost, stuck, disagreements }: Verdict): boolean =>
  lost.length + stuck.length + disagreements.length === 0;
