import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PendingChanges, UNDO_MS, leftOf } from './pending-changes.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const started = (words = 'A webhook will be deleted') => {
  const changes = new PendingChanges();
  const send = vi.fn<(leaving: boolean) => Promise<void>>(() => Promise.resolve());
  changes.add({ words, send });
  return { changes, send, id: changes.current()[0]!.id };
};

describe('PendingChanges', () => {
  it('sends a change once its time is over, and not before', () => {
    const { changes, send } = started();
    vi.advanceTimersByTime(UNDO_MS - 1);
    expect(send).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(send.mock.calls).toEqual([[false]]);
    expect(changes.current()).toEqual([]);
  });

  it('sends nothing that was undone', () => {
    const { changes, send, id } = started();
    changes.undo(id);
    vi.advanceTimersByTime(2 * UNDO_MS);
    expect(send).not.toHaveBeenCalled();
    expect(changes.current()).toEqual([]);
  });

  it('waits while it is held, and goes on with the time that was left', () => {
    const { changes, send, id } = started();
    vi.advanceTimersByTime(4_000);
    changes.hold(id);
    changes.hold(id);
    vi.advanceTimersByTime(60_000);
    expect(leftOf(changes.current()[0]!, Date.now())).toBe(6_000);
    changes.go(id);
    changes.go(id);
    vi.advanceTimersByTime(5_999);
    expect(send).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(send).toHaveBeenCalledOnce();
  });

  it('sends all of them at once where the page is left, held ones too, and none twice', () => {
    const { changes, send, id } = started();
    changes.add({ words: 'Another', send });
    changes.hold(id);
    changes.hurry();
    expect(send.mock.calls).toEqual([[true], [true]]);
    vi.advanceTimersByTime(2 * UNDO_MS);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('answers the same array until something changes, and tells who listens', () => {
    const { changes, id } = started();
    const before = changes.current();
    const listener = vi.fn<() => void>();
    const stop = changes.subscribe(listener);
    expect(changes.current()).toBe(before);
    changes.undo(id);
    expect(listener).toHaveBeenCalledOnce();
    stop();
    changes.undo(id);
    expect(listener).toHaveBeenCalledOnce();
  });
});
