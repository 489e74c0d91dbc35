import { describe, expect, it } from 'vitest';
import { AddressGate } from './address-gate.js';

describe('the gate of an address', () => {
  it('is open, shut for as long as is said, and never opened early by a later answer', () => {
    const gate = new AddressGate();
    expect(gate.waitMs(0)).toBe(0);
    gate.hold(0, 3_000);
    gate.hold(500, 100);
    expect([gate.waitMs(1_000), gate.waitMs(2_999.5), gate.waitMs(3_000)]).toEqual([2_000, 1, 0]);
  });

  it('is shut for five minutes where nobody says how long', () => {
    const gate = new AddressGate();
    gate.hold(1_000, null);
    expect(gate.waitMs(1_000)).toBe(300_000);
  });
});
