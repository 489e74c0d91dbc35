import { outcomeOf, type OutcomeContext } from './outcome.js';
import type { AttemptOutcome } from './provider.js';

/** One kind of answer, and what the adapter itself makes of an example of it. docs/answers.md is made of these. */
export interface AnswerRow {
  /** As the document names it. */
  answer: string;
  outcome: AttemptOutcome;
}

/** What docs/answers.md says of one provider. */
export interface AnswersSection {
  about: string;
  rows: () => AnswerRow[];
}

/** How a provider's answers over HTTP are read, without what differs from attempt to attempt. */
export type Reading = Omit<OutcomeContext, 'secrets' | 'now'>;

/** @param headers names in lower case */
export function rowOf(
  answer: string,
  [status, body = '', headers = {}]: readonly [status: number, body?: string, headers?: Record<string, string>],
  reading: Reading,
): AnswerRow {
  const given = { kind: 'answered', status, body, headers, cut: null } as const;
  return { answer, outcome: outcomeOf(given, { ...reading, secrets: () => [], now: 0 }) };
}

/** So that examples look like what comes. */
const USUAL = [550, 452, 402, 500, 999];
const STATUSES = Array.from({ length: 1_000 }, (_, status) => status);

/** An example status for a rule: the first one that its label names, else a usual one, else any. @throws where the rule covers no status */
export function exampleOf(label: string, isOfRule: (status: number) => boolean): number {
  const named = [...label.matchAll(/\b\d{3}\b/g)].map(([status]) => Number(status));
  const example = [...named, ...USUAL, ...STATUSES].find(isOfRule);
  if (example === undefined) throw new Error(`no answer is read by the rule of ${label}`);
  return example;
}
