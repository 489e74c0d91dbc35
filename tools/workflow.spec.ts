import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { PHASES, select } from './test-selection.mjs';

type Row = Record<string, string>;
interface Job {
  strategy: { matrix: { include?: Row[] } & Record<string, string[]> };
  steps: { run?: string; with?: Record<string, string> }[];
}

const { jobs } = parse(readFileSync('.github/workflows/check.yml', 'utf8')) as { jobs: Record<string, Job> };

/** The rows that a matrix stands for. */
function rowsOf({ strategy: { matrix } }: Job): Row[] {
  const { include = [], ...lists } = matrix;
  const names = Object.keys(lists);
  if (names.length === 0) return include;
  const rows = names.reduce<Row[]>(
    (rows, name) => rows.flatMap((row) => (lists[name] as string[]).map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  return [...rows, ...include];
}

const filled = (text: string, row: Row): string =>
  text.replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_all, name: string) => row[name] ?? `no ${name}`);

/** What each job runs of `npm test`, by the Node that it runs on. */
const runs = Object.values(jobs).flatMap((job) =>
  rowsOf(job).map((row) => {
    const node = job.steps.find(({ with: given }) => given?.['node-version'])?.with?.['node-version'];
    const command = job.steps.find(({ run }) => run?.startsWith('npm test'))?.run ?? '';
    const phases = filled(command, row).replace('npm test -- ', '').split(' ');
    return { node: filled(node ?? readFileSync('.nvmrc', 'utf8').trim(), row), phases };
  }),
);

describe('the workflow of the forge', () => {
  it('runs every phase but the one that measures times', () => {
    const phases = new Set(runs.flatMap(({ phases }) => phases));
    expect([...phases].sort()).toEqual(PHASES.filter((phase) => phase !== 'timing').sort());
    for (const run of runs) expect(() => select(run.phases)).not.toThrow();
  });

  it('runs on the Node of the images, and the unit and integration phases on the oldest that is allowed, too', () => {
    const image = /^FROM node:(\d+)-/m.exec(readFileSync('Dockerfile', 'utf8'))?.[1];
    const oldest = (JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } }).engines.node;
    expect(readFileSync('.nvmrc', 'utf8').trim()).toBe(image);
    expect(new Set(runs.map(({ node }) => node))).toEqual(new Set([image, oldest.replace('>=', '')]));
    const onOldest = runs.filter(({ node }) => node !== image).flatMap(({ phases }) => phases);
    expect(onOldest.sort()).toEqual(['integration', 'unit']);
  });
});
