import { describe, expect, it } from 'vitest';
import { KINDS, planOf } from './plan.js';

describe('the plan of a seeded run', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(planOf(7, 50)).toEqual(planOf(7, 50));
    expect(planOf(7, 50)).not.toEqual(planOf(8, 50));
  });

  it('ends each kind of process as often as it was asked', () => {
    const plan = planOf(1, 50);
    for (const kind of KINDS) expect(plan.filter((step) => step.kind === kind)).toHaveLength(50);
  });

  it('mixes the kinds and the moments', () => {
    const plan = planOf(1, 50);
    const changes = plan.filter(({ kind }, place) => place > 0 && kind !== plan[place - 1]!.kind);
    expect(changes.length).toBeGreaterThan(200); // of 299
    expect(new Set(plan.map(({ afterMs }) => afterMs)).size).toBeGreaterThan(200);
    for (const { afterMs } of plan) expect(afterMs).toBeGreaterThan(0);
    expect(new Set(plan.map(({ atWork }) => atWork))).toEqual(new Set([true, false]));
  });
});
