import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** One line of the table. */
export interface Row {
  name: string;
  values: number[];
  unit: string;
  aim: string;
  met: boolean;
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const shown = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const spread = (values: number[]): string =>
  `${shown(Math.min(...values))} / ${shown(median(values))} / ${shown(Math.max(...values))}`;

/** The table as Markdown: minimum, median and maximum of the runs, with the aim beside. */
export function table(rows: Row[]): string {
  const lines = rows.map(
    ({ name, values, unit, aim, met }) =>
      `| ${name} | ${spread(values)} ${unit} | ${aim} | ${aim === '' ? '' : met ? 'met' : '**not met**'} |`,
  );
  return ['| case | min / median / max | aim | |', '|---|---|---|---|', ...lines].join('\n');
}

/** Adds a run to the document. */
export function append(file: string, title: string, text: string): void {
  appendFileSync(file, `\n### ${title}\n\n${text}\n`);
  execFileSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', file]);
}
