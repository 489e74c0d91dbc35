import { afterEach, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from './ids.js';

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

describe('uuidv7', () => {
  afterEach(() => vi.useRealTimers());

  it('is an id of version 7 that says its time', () => {
    const before = Date.now();
    const id = uuidv7();
    expect(id).toMatch(VERSION_7);
    expect(timeOf(id)).toBeGreaterThanOrEqual(before);
    expect(timeOf(id)).toBeLessThanOrEqual(Date.now());
  });

  it('grows from each to the next, also within a millisecond, and none comes twice', () => {
    const ids = Array.from({ length: 20_000 }, uuidv7);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes on growing where the clock is set back', () => {
    vi.useFakeTimers({ now: Date.now() + 60_000 });
    const before = uuidv7();
    vi.setSystemTime(Date.now() - 30_000);
    expect(uuidv7() > before).toBe(true);
  });

  it('has another random end each time', () => {
    const ends = Array.from({ length: 5_000 }, () => uuidv7().slice(-10));
    expect(new Set(ends).size).toBe(ends.length);
  });
});
