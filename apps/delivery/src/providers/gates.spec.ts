import { describe, expect, it } from 'vitest';
import { Gates } from './gates.js';

const open = { waitMs: () => 0, take: () => undefined };
const one = { id: 'a', credentialsVersion: 1 };

describe('gates', () => {
  it('are one for each destination', () => {
    const gates = new Gates(() => ({ ...open }));
    expect(gates.of(one)).toBe(gates.of({ ...one }));
    expect(gates.of(one)).not.toBe(gates.of({ ...one, id: 'b' }));
  });

  it('are new with fresh credentials', () => {
    const gates = new Gates(() => ({ ...open }));
    expect(gates.of(one)).not.toBe(gates.of({ ...one, credentialsVersion: 2 }));
  });

  it('are bounded: the one that was used longest ago is forgotten', () => {
    const gates = new Gates(() => ({ ...open }));
    const [first, second] = [gates.of(one), gates.of({ ...one, id: 'b' })];
    for (let i = 0; i < 9_998; i += 1) gates.of({ ...one, id: i.toString() });
    expect(gates.of(one)).toBe(first);
    gates.of({ ...one, id: 'one more' });
    expect(gates.of(one)).toBe(first);
    expect(gates.of({ ...one, id: 'b' })).not.toBe(second);
  });
});
