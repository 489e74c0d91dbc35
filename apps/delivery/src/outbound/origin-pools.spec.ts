import { afterEach, describe, expect, it, vi } from 'vitest';
import { OriginPools } from './origin-pools.js';

const never = (): void => {};

describe('pools by origin', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are reused', async () => {
    const pools = new OriginPools(never);
    expect(pools.of('http://a.example')).toBe(pools.of('http://a.example'));
    expect(pools.of('http://a.example')).not.toBe(pools.of('http://b.example'));
    await pools.close();
  });

  it('are bounded: the one that was used longest ago is closed', async () => {
    const pools = new OriginPools(never);
    const first = pools.of('http://first.example');
    const second = pools.of('http://second.example');
    for (let i = 0; i < 998; i += 1) pools.of(`http://n${i}.example`);
    pools.of('http://first.example');
    pools.of('http://one-more.example');
    expect([first.closed, second.closed]).toEqual([false, true]);
    await pools.close();
    expect(first.closed).toBe(true);
  });

  it('are closed when they have been idle for a minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
    vi.advanceTimersByTime(1);
    const pools = new OriginPools(never);
    const pool = pools.of('http://a.example');
    vi.advanceTimersByTime(59_000);
    expect(pool.closed).toBe(false);
    vi.advanceTimersByTime(61_000);
    expect(pool.closed).toBe(true);
    await pools.close();
  });
});
