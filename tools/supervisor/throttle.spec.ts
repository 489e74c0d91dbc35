import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Throttle } from './throttle.js';

const line = (text: string, kind = text): { text: string; kind: string } => ({ text, kind });

describe('lines on the terminal', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const said = (offered: ReturnType<typeof line>[]): string[] => {
    const lines: string[] = [];
    const throttle = new Throttle((one) => lines.push(one));
    for (const one of offered) throttle.offer(one);
    vi.advanceTimersByTime(1_000);
    return lines;
  };

  it('that are of one kind are folded within a second', () => {
    const offered = [1, 2, 3].map((patch) => line(`1.0.${patch} to #ops: delivered`, 'delivered to #ops'));
    expect(said([...offered, line('1.0.1 to #ios: delivered', 'delivered to #ios')])).toEqual([
      '1.0.1 to #ops: delivered',
      '1.0.1 to #ios: delivered',
      '… 2 more: delivered to #ops',
    ]);
  });

  it('are a few a second, and the others are counted', () => {
    const offered = Array.from({ length: 30 }, (_, index) => line(`line ${index}`));
    expect(said(offered)).toHaveLength(5 + 5 + 1);
    expect(said(offered).at(-1)).toBe('… 20 more lines (see the log files)');
  });

  it('are said again in the next second', () => {
    const lines: string[] = [];
    const throttle = new Throttle((one) => lines.push(one));
    throttle.offer(line('down'));
    vi.advanceTimersByTime(1_000);
    throttle.offer(line('down'));
    expect(lines).toEqual(['down', 'down']);
  });
});
