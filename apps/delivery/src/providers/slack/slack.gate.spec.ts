import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlackGate } from './slack.gate.js';

/** When each of so many that all wait from the beginning is let through. */
function passes(gate: SlackGate, count: number, begin: number): number[] {
  let now = begin;
  return Array.from({ length: count }, () => {
    now += gate.waitMs(now);
    expect(gate.waitMs(now)).toBe(0);
    gate.take(now);
    return now - begin;
  });
}

describe('the gate of a Slack webhook', () => {
  it('lets three through at once and then one each second', () => {
    expect(passes(new SlackGate(), 7, 12_345)).toEqual([0, 0, 0, 1_000, 2_000, 3_000, 4_000]);
  });

  it('has its burst again after a rest, and no more than that', () => {
    const gate = new SlackGate();
    passes(gate, 3, 0);
    expect(passes(gate, 5, 60_000)).toEqual([0, 0, 0, 1_000, 2_000]);
  });

  it('counts parts of a second', () => {
    const gate = new SlackGate();
    passes(gate, 3, 0);
    expect(gate.waitMs(400)).toBe(600);
    expect(gate.waitMs(999.5)).toBe(1);
    expect(gate.waitMs(1_000)).toBe(0);
  });

  it('is shut until Slack has waited enough, then one at a time', () => {
    const gate = new SlackGate();
    gate.hold(1_000, 30_000);
    expect(gate.waitMs(1_000)).toBe(30_000);
    expect(gate.waitMs(30_999)).toBe(1);
    expect(passes(gate, 3, 31_000)).toEqual([0, 1_000, 2_000]);
  });

  it('is shut for 5 seconds where Slack does not say how long', () => {
    const gate = new SlackGate();
    gate.hold(0, null);
    expect(gate.waitMs(0)).toBe(5_000);
  });

  it('is opened by no shorter wait that is asked for later', () => {
    const gate = new SlackGate();
    gate.hold(0, 30_000);
    gate.hold(1_000, 2_000);
    expect(gate.waitMs(2_000)).toBe(28_000);
  });

  it('keeps what began while it was shut from the next ones', () => {
    const gate = new SlackGate();
    gate.hold(0, 10_000);
    gate.take(5_000);
    expect(gate.waitMs(10_000)).toBe(1_000);
  });

  it('never lets more through than a burst and one a second', () => {
    assert(
      property(integer({ min: 1, max: 60 }), integer({ min: 0, max: 5_000 }), (count, rest) => {
        const gate = new SlackGate();
        passes(gate, 3, 0);
        const at = passes(gate, count, rest);
        for (const [index, time] of at.entries()) {
          const inWindow = at.filter((other) => other >= time && other < time + 10_000).length;
          expect(inWindow, `from the ${index}th on`).toBeLessThanOrEqual(3 + 10);
        }
      }),
    );
  });
});
