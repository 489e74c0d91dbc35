import { describe, expect, it } from 'vitest';
import { WebhookHolds } from './webhook.holds.js';

const url = 'https://hooks.example/a';
const one = { url, authorization: null };

describe('a receiver that asks to wait', () => {
  it('is held for that time, with all that call it, and nobody else is', () => {
    const holds = new WebhookHolds(80_000);
    expect(holds.any(0)).toBe(false);
    holds.hold(one, 1_000, 6_000);
    expect([holds.any(6_999), holds.any(7_000)]).toEqual([true, false]);
    expect([holds.waitMs({ url }, 2_000), holds.waitMs({ url }, 7_000)]).toEqual([5_000, 0]);
    for (const other of [{ url: `${url}/b` }, { url: `${url}?x=1` }, { url, authorization: 'Bearer x' }, null, 'text'])
      expect(holds.waitMs(other, 2_000)).toBe(0);
  });

  it('for longer than the longest retry delay is called again then', () => {
    const holds = new WebhookHolds(80_000);
    holds.hold(one, 0, 86_400_000);
    expect(holds.waitMs(one, 0)).toBe(80_000);
  });
});
