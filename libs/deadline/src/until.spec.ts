import { describe, expect, it } from 'vitest';
import { until } from './until.js';

const HOUR = 3_600_000;
const SOON = { withinMs: HOUR, everyMs: 1 };

describe('asking until a condition holds', () => {
  it('asks once where it holds already', async () => {
    let asked = 0;
    expect(await until(() => (asked += 1) > 0, { withinMs: 0, everyMs: HOUR })).toBe(true);
    expect(asked).toBe(1);
  });

  it('asks again until it holds', async () => {
    let asked = 0;
    expect(await until(() => Promise.resolve((asked += 1) === 3), SOON)).toBe(true);
    expect(asked).toBe(3);
  });

  it('says where it does not hold in time', async () => {
    expect(await until(() => false, { withinMs: 5, everyMs: 1 })).toBe(false);
  });

  it('fails as the condition fails', async () => {
    const fails = (): boolean => {
      throw new Error('no');
    };
    await expect(until(fails, SOON)).rejects.toThrow('no');
  });
});
