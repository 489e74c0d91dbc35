import type { Outcome } from '../load/under-load.js';

/** One line of the table. */
export interface Run {
  name: string;
  outcome: Outcome;
  /** Whether it is what was promised. */
  well: boolean;
}

const COLUMNS = [
  'run',
  'kills',
  'calls',
  'accepted',
  '5xx',
  'no answer',
  'due',
  'posts',
  'lost',
  'doubled',
  'unexplained',
  'out of order',
  'stuck',
  'disagree',
  'quiet after',
];

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, one) => total + one, 0);

/** Calls that were answered with a 5xx. */
export const serverErrors = ({ answers }: Outcome): number =>
  sum(Object.fromEntries(Object.entries(answers).filter(([status]) => status.startsWith('5'))));

/** The runs as Markdown. */
export function table(runs: Pick<Run, 'name' | 'outcome'>[]): string {
  const line = (cells: unknown[]): string => `| ${cells.join(' | ')} |`;
  return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...runs.map((run) => line(cells(run)))].join('\n');
}

function cells({ name, outcome }: Pick<Run, 'name' | 'outcome'>): unknown[] {
  const { doubled, settledAfterMs } = outcome;
  const by = Object.entries(doubled.explained).map(([kind, count]) => `${kind} ${count}`);
  return [
    name,
    sum(outcome.faults),
    outcome.calls,
    outcome.accepted,
    serverErrors(outcome),
    outcome.answers['none'] ?? 0,
    outcome.due,
    outcome.posts,
    outcome.lost.length + outcome.vanished.length,
    by.length === 0 ? doubled.total : `${doubled.total} (${by.join(', ')})`,
    doubled.unexplained.length + doubled.tooMany.length,
    outcome.disordered.length,
    outcome.stuck.length,
    outcome.disagreements.length + outcome.phantoms.length,
    settledAfterMs === undefined ? 'never' : `${Math.round(settledAfterMs / 1000)} s`,
  ];
}

const MOST_LINES = 10;

/** What is wrong, by name: a few of each kind, as the journal has all. */
export function faultsOf({ name, outcome }: Pick<Run, 'name' | 'outcome'>): string[] {
  const { vanished, lost, phantoms, stuck, disagreements, doubled, disordered } = outcome;
  const kinds = { vanished, lost, phantoms, stuck, disagreements, ...pick(doubled), 'out of order': disordered };
  return Object.entries(kinds).flatMap(([kind, found]) =>
    found.length === 0 ? [] : [`${name}: ${found.length} ${kind}: ${found.slice(0, MOST_LINES).join('; ')}`],
  );
}

const pick = ({ unexplained, tooMany }: Outcome['doubled']): Record<string, string[]> => ({
  'doubled without a cause': unexplained,
  'doubled more than can have been in flight': tooMany,
});

/** Nothing that was accepted is lost or open for ever, first attempts keep their order, and all sides say the same. */
export const holds = ({ vanished, lost, phantoms, stuck, disagreements, disordered }: Outcome): boolean =>
  [vanished, lost, phantoms, stuck, disagreements, disordered].every((found) => found.length === 0);

/** What a rolling restart promises besides: no call fails, and nothing comes twice. */
export const flawless = (outcome: Outcome): boolean =>
  holds(outcome) && outcome.accepted === outcome.calls && outcome.doubled.total === 0;
