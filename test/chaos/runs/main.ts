import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { movingInstances } from './moving-instances.js';
import { oldBuild } from './old-build.js';
import { killable, ownStack } from './own-stack.js';
import { faultsOf, flawless, holds, table, type Run } from './report.js';
import { rollingRestart } from './rolling-restart.js';
import { seededKills } from './seeded-kills.js';
import { threeBrokers } from './three-brokers.js';
import { twoBuilds } from './two-builds.js';

const HELP = `npm run chaos                 the tests of faults, then each run below
npm run chaos -- --only seeds one of: seeds, instances, brokers, rolling, builds; may be given more than once
  --seed N                    a seed instead of three new ones; may be given more than once
  --kills 50                  of each kind of process
  --rounds 8                  in which instances come, die and go
  --rate 10                   calls a second
  --keep                      keeps the logs of a run that went well, too`;
const SEEDS = 3;
/** Calls a second. */
const ROLLING_RATES = [10, 40];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seed: { type: 'string', multiple: true },
    kills: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '8' },
    rate: { type: 'string', default: '10' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const newSeed = (): number => randomInt(1, 1_000_000);
const folder = resolve('.cache/chaos');
const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);

async function* seeds(): AsyncGenerator<Run> {
  const kills = Number(values.kills);
  for (const seed of values.seed?.map(Number) ?? Array.from({ length: SEEDS }, newSeed)) {
    say(`seed ${seed}: ${kills} kills of each kind; again with: npm run chaos -- --seed ${seed} --kills ${kills}`);
    const { stack, stop } = await ownStack(say);
    let well = false;
    try {
      const options = { seed, kills, folder, perSecond: Number(values.rate), say };
      const outcome = await seededKills(killable(stack), options);
      well = holds(outcome);
      yield { name: `seed ${seed}`, outcome, well };
    } finally {
      await stop(values.keep || !well);
    }
  }
}

async function* instances(): AsyncGenerator<Run> {
  const [seed] = values.seed?.map(Number) ?? [newSeed()];
  const rounds = Number(values.rounds);
  say(`instances come, die and go, seed ${seed}`);
  const outcome = await movingInstances({ seed: seed!, rounds, folder, perSecond: Number(values.rate), say });
  yield { name: 'instances come, die and go', outcome, well: holds(outcome) };
}

async function* brokers(): AsyncGenerator<Run> {
  const seed = newSeed();
  say(`three brokers, seed ${seed}`);
  const outcome = await threeBrokers({ seed, folder, perSecond: Number(values.rate), say });
  yield { name: 'three brokers', outcome, well: holds(outcome) };
}

async function* rolling(): AsyncGenerator<Run> {
  for (const perSecond of ROLLING_RATES) {
    const seed = newSeed();
    say(`rolling restart at ${perSecond}/s, seed ${seed}`);
    const outcome = await rollingRestart({ seed, folder, perSecond, say });
    yield { name: `rolling restart at ${perSecond}/s`, outcome, well: flawless(outcome) };
  }
}

async function* builds(): AsyncGenerator<Run> {
  const old = oldBuild(process.cwd(), say);
  if (old === undefined)
    return say('SKIPPED old and new build side by side: this checkout has no history to build the old one from');
  const seed = newSeed();
  say(`old and new build side by side, seed ${seed}`);
  const outcome = await twoBuilds({ seed, folder, perSecond: Number(values.rate), old, say });
  yield { name: 'two builds', outcome, well: holds(outcome) };
}

/** By the name that `--only` takes. */
const RUNS: Record<string, () => AsyncGenerator<Run>> = { seeds, instances, brokers, rolling, builds };

async function main(): Promise<boolean> {
  const wanted = values.only ?? (values.seed ? ['seeds'] : Object.keys(RUNS));
  const done: Run[] = [];
  for (const name of wanted)
    for await (const run of RUNS[name]!()) {
      done.push(run);
      console.log(`\n${table(done)}\n`);
      for (const line of faultsOf(run)) console.log(line);
    }
  say(`The journals are in ${folder}`);
  return done.every(({ well }) => well);
}

if (values.help) console.log(HELP);
else process.exit((await main()) ? 0 : 1);
