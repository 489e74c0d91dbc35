import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiscordGate, DiscordGlobalGate } from './discord.gate.js';

const limits = (remaining: string, resetAfter: string): Record<string, string> => ({
  'x-ratelimit-limit': '5',
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset-after': resetAfter,
  'x-ratelimit-bucket': 'abcd1234',
});

describe('the gate of a Discord webhook', () => {
  it('lets everything through as long as nothing is known', () => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    for (let i = 0; i < 10; i += 1) {
      expect(gate.waitMs(0)).toBe(0);
      gate.take(0);
    }
  });

  it('lets through what is left, then waits for the reset', () => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    gate.learn(1_000, limits('2', '1.5'));
    gate.take(1_000);
    expect(gate.waitMs(1_100)).toBe(0);
    gate.take(1_100);
    expect(gate.waitMs(1_100)).toBe(1_400);
    expect(gate.waitMs(2_499.5)).toBe(1);
    expect(gate.waitMs(2_500)).toBe(0);
  });

  it('keeps a pace of five in two seconds as each answer tells it', () => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    const begun: number[] = [];
    let now = 0;
    let windowEnd = 0;
    let left = 5;
    for (let i = 0; i < 17; i += 1) {
      now += gate.waitMs(now);
      if (now >= windowEnd) [windowEnd, left] = [now + 2_000, 5];
      gate.take(now);
      begun.push(now);
      left -= 1;
      expect(left).toBeGreaterThanOrEqual(0);
      gate.learn(now, limits(String(left), String((windowEnd - now) / 1_000)));
    }
    expect(begun.map((at) => at / 2_000)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
  });

  it('goes on where the answers after a reset say nothing', () => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    gate.learn(0, limits('0', '1'));
    for (let now = 1_000; now < 1_010; now += 1) {
      expect(gate.waitMs(now)).toBe(0);
      gate.take(now);
    }
  });

  it.each([
    {},
    limits('', '1'),
    limits('0', 'soon'),
    limits('-1', '1'),
    { 'x-ratelimit-remaining': '0' },
    { 'x-ratelimit-reset-after': '9' },
  ])('takes no note of %j', (headers) => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    gate.learn(0, headers);
    expect(gate.waitMs(0)).toBe(0);
  });

  it('believes in no window of more than an hour', () => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    gate.learn(0, limits('0', '999999'));
    expect(gate.waitMs(0)).toBe(3_600_000);
  });

  it('is shut until Discord has waited enough, whatever is left', () => {
    const gate = new DiscordGate(new DiscordGlobalGate());
    gate.hold(0, 2_500);
    gate.hold(0, 100);
    gate.learn(0, limits('4', '1'));
    expect(gate.waitMs(500)).toBe(2_000);
    expect(gate.waitMs(2_500)).toBe(0);
  });

  it('holds up no other webhook', () => {
    const all = new DiscordGlobalGate();
    const [one, other] = [new DiscordGate(all), new DiscordGate(all)];
    one.hold(0, null);
    one.learn(0, limits('0', '9'));
    expect([one.waitMs(0), other.waitMs(0)]).toEqual([9_000, 0]);
  });
});

describe('the gate of everything that goes to Discord', () => {
  it('lets 50 through in a second, whatever the webhooks', () => {
    const all = new DiscordGlobalGate();
    const gates = Array.from({ length: 60 }, () => new DiscordGate(all));
    for (const gate of gates.slice(0, 50)) gate.take(100);
    expect(gates[55]!.waitMs(100)).toBe(1_000);
    expect(gates[55]!.waitMs(1_050)).toBe(50);
    expect(gates[55]!.waitMs(1_100)).toBe(0);
  });

  it('is shut for all of them', () => {
    const all = new DiscordGlobalGate();
    all.hold(0, 3_000);
    expect(new DiscordGate(all).waitMs(1_000)).toBe(2_000);
    expect(new DiscordGate(all).waitMs(3_000)).toBe(0);
  });

  it('is shut for minutes where nobody says how long', () => {
    const all = new DiscordGlobalGate();
    all.hold(0, null);
    expect(all.waitMs(0)).toBe(300_000);
  });

  it('never lets more than 50 begin in any second', () => {
    assert(
      property(array(integer({ min: 0, max: 60 }), { minLength: 60, maxLength: 200 }), (pauses) => {
        const all = new DiscordGlobalGate();
        let now = 0;
        const begun = pauses.map((pause) => {
          now += pause;
          now += all.waitMs(now);
          all.take(now);
          return now;
        });
        for (const [i, at] of begun.entries()) expect((begun[i + 50] ?? Infinity) - at).toBeGreaterThanOrEqual(1_000);
      }),
    );
  });
});
