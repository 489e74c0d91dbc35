import { describe, expect, it, vi } from 'vitest';
import { inBackground } from '../../../test/support/in-background.js';
import { Coalescer } from './coalescer.js';

/** Work whose every piece ends when the test says so. */
function controlled(maxItems = 100) {
  const pieces: {
    inputs: number[];
    end: (outputs?: (string | Promise<string>)[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  const coalescer = new Coalescer<number, string>(
    (inputs) =>
      new Promise((resolve, reject) => {
        const end = (outputs: (string | Promise<string>)[] = inputs.map(String)): void => resolve(outputs);
        pieces.push({ inputs, end, fail: reject });
      }),
    { maxItems },
  );
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { coalescer, pieces, turn };
}

describe('work that comes one by one', () => {
  it('goes at once where nothing runs, with all of the same turn', async () => {
    const { coalescer, pieces, turn } = controlled();
    const outputs = inBackground(Promise.all([coalescer.add(1), coalescer.add(2)]));
    await turn();
    expect(pieces.map(({ inputs }) => inputs)).toEqual([[1, 2]]);
    pieces[0]!.end();
    expect(await outputs).toEqual(['1', '2']);
  });

  it('goes together where something runs', async () => {
    const { coalescer, pieces, turn } = controlled();
    const first = inBackground(coalescer.add(1));
    await turn();
    const others = inBackground(Promise.all([coalescer.add(2), coalescer.add(3)]));
    await turn();
    expect(pieces).toHaveLength(1);
    expect(coalescer.backlog).toBe(2);
    pieces[0]!.end();
    expect(await first).toBe('1');
    await turn();
    expect(pieces[1]!.inputs).toEqual([2, 3]);
    pieces[1]!.end();
    expect(await others).toEqual(['2', '3']);
    expect(coalescer.backlog).toBe(0);
  });

  it('is cut into pieces in its order', async () => {
    const { coalescer, pieces, turn } = controlled(2);
    const outputs = inBackground(Promise.all([1, 2, 3, 4, 5].map((input) => coalescer.add(input))));
    for (let piece = 0; piece < 3; piece += 1) {
      await turn();
      pieces[piece]!.end();
    }
    expect(await outputs).toEqual(['1', '2', '3', '4', '5']);
    expect(pieces.map(({ inputs }) => inputs)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('fails with its piece, and the next piece goes on', async () => {
    const { coalescer, pieces, turn } = controlled();
    const failed = Promise.allSettled([coalescer.add(1), coalescer.add(2)]);
    await turn();
    const next = inBackground(coalescer.add(3));
    pieces[0]!.fail(new Error('no'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await turn();
    pieces[1]!.end();
    expect(await next).toBe('3');
  });

  it('fails alone where its own output does', async () => {
    const { coalescer, pieces, turn } = controlled();
    const both = Promise.allSettled([coalescer.add(1), coalescer.add(2)]);
    await turn();
    pieces[0]!.end([Promise.reject(new Error('no')), 'two']);
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('is settled once everything has ended, well or badly', async () => {
    const { coalescer, pieces, turn } = controlled();
    let settled = false;
    const failed = Promise.allSettled([coalescer.add(1)]);
    const done = inBackground(coalescer.settled().then(() => (settled = true)));
    await turn();
    expect(settled).toBe(false);
    pieces[0]!.fail(new Error('no'));
    await Promise.all([failed, done]);
    await coalescer.settled(); // nothing runs: at once
    expect(settled).toBe(true);
  });

  it('waits for its gap where there is little', async () => {
    vi.useFakeTimers();
    try {
      const { begun, coalescer } = withGap(50);
      await coalescer.add(1);
      const second = inBackground(coalescer.add(2));
      await vi.advanceTimersByTimeAsync(49);
      expect(begun).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(await second).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not wait for its gap where there is enough for a whole piece', async () => {
    const { begun, coalescer } = withGap(3_600_000);
    await coalescer.add(1);
    expect(await Promise.all([coalescer.add(2), coalescer.add(3)])).toEqual([2, 3]);
    expect(begun).toHaveLength(2);
  });
});

/** Pieces of two at most, and when each was begun. */
function withGap(gapMs: number) {
  const begun: number[] = [];
  const work = (inputs: number[]): Promise<number[]> => {
    begun.push(performance.now());
    return Promise.resolve(inputs);
  };
  return { begun, coalescer: new Coalescer<number, number>(work, { maxItems: 2, gapMs }) };
}

describe('who is not to go on while there is too much', () => {
  it('waits until a piece has ended, well or badly; what is in work counts', async () => {
    const { coalescer, pieces, turn } = controlled();
    let passed = 0;
    const ask = (): void => void coalescer.below(4).then(() => (passed += 1));
    const refused = Promise.allSettled([coalescer.add(1), coalescer.add(2)]);
    await turn();
    ask();
    await turn();
    expect(passed).toBe(1);
    const taken = inBackground(Promise.all([coalescer.add(3), coalescer.add(4)]));
    ask();
    ask();
    await turn();
    expect(passed).toBe(1);
    pieces[0]!.fail(new Error('refused'));
    await turn();
    expect(passed).toBe(3);
    pieces[1]!.end();
    expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await taken).toEqual(['3', '4']);
  });
});

describe('pieces of a limited size', () => {
  const begin = (): { pieces: number[][]; coalescer: Coalescer<number, void> } => {
    const pieces: number[][] = [];
    const work = (inputs: number[]): Promise<void[]> => {
      pieces.push(inputs);
      return Promise.resolve(inputs.map(() => undefined));
    };
    return { pieces, coalescer: new Coalescer(work, { maxItems: 3, maxSize: 10, sizeOf: (input) => input }) };
  };

  it.each([
    ['are as large as they may be', [4, 6, 1, 10], [[4, 6], [1], [10]]],
    ['hold no more items than they may', [1, 1, 1, 1], [[1, 1, 1], [1]]],
    ['hold one that is too large, alone', [2, 50, 2], [[2], [50], [2]]],
  ])('%s', async (_case, inputs, expected) => {
    const { pieces, coalescer } = begin();
    await Promise.all(inputs.map((input) => coalescer.add(input)));
    expect(pieces).toEqual(expected);
  });
});

describe('many', () => {
  it('are handed out in their order, and none is lost', async () => {
    const taken: number[] = [];
    const work = (inputs: number[]): Promise<number[]> => {
      taken.push(...inputs);
      return Promise.resolve(inputs);
    };
    const coalescer = new Coalescer<number, number>(work, { maxItems: 400 });
    const all = Array.from({ length: 5_000 }, (_, n) => n);
    expect(await Promise.all(all.map((n) => coalescer.add(n)))).toEqual(all);
    expect(taken).toEqual(all);
    expect(coalescer.backlog).toBe(0);
  });

  it('are not forgotten where one is added while it comes to rest', async () => {
    const coalescer = new Coalescer<string, void>(async (inputs) => inputs.map(() => undefined), { maxItems: 400 });
    for (let round = 0; round < 2_000; round += 1) {
      const first = inBackground(coalescer.add('a'));
      // at every microtask after the work, one after the other
      for (let step = 0; step < round % 12; step += 1) await Promise.resolve();
      await expect(Promise.all([first, coalescer.add('b')])).resolves.toHaveLength(2);
    }
  });
});
