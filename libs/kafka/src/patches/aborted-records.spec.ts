import { describe, expect, it } from 'vitest';
import { withoutAborted, type TransactionalRecord } from './aborted-records.js';
import { loadedModule } from './original-module.suite.js';

/** `a` is a record of producer a in a transaction, `-` one without a transaction, `a!` and `a.` end what a began: aborted, committed. */
function log(text: string, from = 0): (TransactionalRecord & { name: string })[] {
  return text.split(' ').map((name, index) => ({
    name: `${from + index}${name}`,
    offset: String(from + index),
    key: name.length > 1 ? Buffer.from([0, 0, 0, name[1] === '!' ? 0 : 1]) : Buffer.from([0, 0, 0, 0]),
    isControlRecord: name.length > 1,
    batchContext: { producerId: name[0]!, inTransaction: name !== '-' },
  }));
}

const aborted = (...list: [producerId: string, firstOffset: number][]) =>
  list.map(([producerId, firstOffset]) => ({ producerId, firstOffset: String(firstOffset) }));

describe('what is handed out', () => {
  it.each<[string, string, [string, number][], string]>([
    ['all where nothing was aborted', 'a a a. -', [], '0a 1a 2a. 3-'],
    ['nothing of what was aborted', '- a a a! -', [['a', 1]], '0- 3a! 4-'],
    ['what the same producer committed before and after', 'a a. a a! a a.', [['a', 2]], '0a 1a. 3a! 4a 5a.'],
    [
      'what it aborted twice',
      'a a! - a a!',
      [
        ['a', 0],
        ['a', 3],
      ],
      '1a! 2- 4a!',
    ],
    [
      'of two that overlap neither, in whichever order they end',
      'a b a b! a a!',
      [
        ['b', 1],
        ['a', 0],
      ],
      '3b! 5a!',
    ],
    ['one that is committed amid one that is aborted', 'a c a c. a!', [['a', 0]], '1c 3c. 4a!'],
  ])('%s', (_, text, list, expected) => {
    const records = withoutAborted({ messages: log(text), abortedTransactions: aborted(...list) });
    expect(records.map(({ name }) => name).join(' ')).toBe(expected);
  });

  it('nothing of two that had begun where the fetch begins', () => {
    const abortedTransactions = aborted(['a', 10], ['b', 11]);
    const records = withoutAborted({ messages: log('b a b! a!', 12), abortedTransactions });
    expect(records.map(({ name }) => name)).toEqual(['14b!', '15a!']);
  });

  it('is what kafkajs is given', () =>
    expect(loadedModule('kafkajs/src/consumer/filterAbortedMessages.js')).toBe(withoutAborted));
});
