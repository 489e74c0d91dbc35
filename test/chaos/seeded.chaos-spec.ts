import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stack } from '../e2e/support/api.js';
import { allReady, instances, signalServer, signalService } from '../support/control.js';
import type { Kind } from './runs/plan.js';
import { faultsOf, table } from './runs/report.js';
import { seededKills, type Killable } from './runs/seeded-kills.js';

/** The short form of `npm run chaos`: each kind of process once. */
const KILLS = 1;

beforeAll(allReady);
afterAll(allReady);

const killable = (): Killable => ({
  gatewayUrl: stack().gatewayUrl,
  ready: allReady,
  kill: async (kind: Kind) => {
    if (kind === 'kafka' || kind === 'postgres') await signalServer(kind, 'SIGKILL');
    else if ((await instances(kind))[0]?.pid === undefined) return false;
    else await signalService(kind, 'SIGKILL');
    return true;
  },
});

it(
  'each process is killed in random order under load: nothing accepted is lost or stays open',
  { timeout: 480_000 },
  async () => {
    const seed = randomInt(1, 1_000_000);
    const folder = '.cache/chaos';
    console.log(`seed ${seed}; again with: npm run chaos -- --seed ${seed} --kills ${KILLS}`);
    const outcome = await seededKills(killable(), { seed, kills: KILLS, folder, perSecond: 8, say: console.log });
    const run = { name: `seed ${seed}`, outcome };
    console.log(table([run]));
    expect(faultsOf(run)).toEqual([]);
    expect(outcome.accepted).toBeGreaterThan(0);
  },
);
