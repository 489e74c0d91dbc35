import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killable, ownStack } from './own-stack.js';
import { faultsOf, holds, table, type Run } from './report.js';
import { seededKills } from './seeded-kills.js';
import { threeBrokers } from './three-brokers.js';

const HELP = `npm run chaos                 the tests of faults, then each run below
npm run chaos -- --only seeds one of: seeds, brokers; may be given more than once
  --seed N                    a seed instead of three new ones; may be given more than once
  --kills 50                  of each kind of process
  --rate 10                   calls a second
  --keep                      keeps the logs of a run that went well, too`;
const SEEDS = 3;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seed: { type: 'string', multiple: true },
    kills: { type: 'string', default: '50' },
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
      yield { name: `seed ${seed}`, outcome };
    } finally {
      await stop(values.keep || !well);
    }
  }
}

async function* brokers(): AsyncGenerator<Run> {
  const seed = newSeed();
  say(`three brokers, seed ${seed}`);
  const outcome = await threeBrokers({ seed, folder, perSecond: Number(values.rate), say });
  yield { name: 'three brokers', outcome };
}

/** By the name that `--only` takes. */
const RUNS: Record<string, () => AsyncGenerator<Run>> = { seeds, brokers };

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
  return done.every(({ outcome }) => holds(outcome));
}

if (values.help) console.log(HELP);
else process.exit((await main()) ? 0 : 1);
