import { describe, expect, it } from 'vitest';
import { spoken, steps } from './steps.js';

const attempt = (round: number, number: number, startedAt: string) =>
  ({ round, number, startedAt, durationMs: 1_000, outcome: 'failed' }) as Parameters<typeof steps>[0][number];

describe('the steps of a delivery', () => {
  it('have the waits between the tries of a round', () => {
    const shown = steps([
      attempt(1, 1, '2026-11-23T10:00:00.000Z'),
      attempt(1, 2, '2026-11-23T10:00:06.000Z'),
      attempt(2, 1, '2026-11-23T11:00:00.000Z'),
    ]);
    expect(shown.map(({ waitedMs, rounds }) => [waitedMs, rounds])).toEqual([
      [null, true],
      [5_000, true],
      [null, true],
    ]);
  });

  it('name no round where there is only one', () =>
    expect(steps([attempt(1, 1, '2026-11-23T10:00:00.000Z')])[0]?.rounds).toBe(false));

  it.each([
    [4_980, '5 s'],
    [60_000, '1 min'],
    [80_400, '1 min 20 s'],
  ])('%i ms are spoken as %s', (ms, words) => expect(spoken(ms)).toBe(words));
});
