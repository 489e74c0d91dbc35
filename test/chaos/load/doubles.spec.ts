import { describe, expect, it } from 'vitest';
import { doubles } from './doubles.js';
import { hook, post as firstPost } from './evidence.suite.js';
import type { Disturbance, LedgerAttempt, Post } from './evidence.js';

/** An attempt that its receiver took, sent in this second. */
const post = (second: number, more: Partial<Post> = {}): Post =>
  firstPost({ at: second * 1_000 + 400, sentAt: second * 1_000, ...more });
const refused = (second: number, more: Partial<Post> = {}): Post => post(second, { status: 500, ...more });
const cut = (second: number, more: Partial<Post> = {}): Post => ({ ...post(second, more), status: undefined });

/** What the ledger has of the attempt that was sent in this second. */
const delivered = (second: number, more: Partial<LedgerAttempt> = {}): LedgerAttempt => ({
  deliveryId: 'd',
  round: 1,
  number: 1,
  startedAt: second * 1_000 + 390,
  outcome: 'delivered',
  statusCode: 200,
  ...more,
});
const failed = (second: number, more: Partial<LedgerAttempt> = {}): LedgerAttempt =>
  delivered(second, { outcome: 'failed', statusCode: 500, ...more });

const ended = (second: number, kind = 'delivery'): Disturbance => ({
  since: second * 1_000,
  at: second * 1_000 + 20,
  kind,
});

const of = (posts: Post[], attempts: LedgerAttempt[], disturbances: Disturbance[] = [], hooks = [hook()]) =>
  doubles({ posts, attempts, disturbances, hooks });

describe('doubles', () => {
  it('are repeats of a message that was taken; the retry of a refused one is no double', () => {
    expect(of([refused(2), post(9, { attempt: 2 })], [failed(2), delivered(9, { number: 2 })]).total).toBe(0);
    expect(of([post(2), post(9)], [delivered(9)])).toMatchObject({ total: 1 });
  });

  it('have no cause where nothing ended between the two posts', () => {
    const again = of([post(2), post(9)], [delivered(9)]);
    expect(again).toMatchObject({ explained: {}, unexplained: [expect.stringContaining('not on record')] });
    for (const elsewhere of [ended(1), ended(10), ended(5, 'gateway')])
      expect(of([post(2), post(9)], [delivered(9)], [elsewhere]).unexplained).toHaveLength(1);
  });

  it.each(['delivery', 'postgres', 'kafka', 'joined'])(
    'are explained by the end of %s that kept the first from getting on record',
    (kind) => {
      const again = of([post(2), post(9)], [delivered(9)], [ended(5, kind)]);
      expect(again).toMatchObject({ total: 1, explained: { [kind]: 1 }, unexplained: [] });
    },
  );

  it('have no cause where the first was on record as delivered when the process ended', () => {
    for (const next of [post(9), post(9, { attempt: 2 })])
      expect(of([post(2), next], [delivered(2)], [ended(5)]).unexplained).toEqual([
        expect.stringContaining('is delivered in round 1'),
      ]);
    expect(of([post(2), post(9)], [delivered(2)], [ended(5, 'joined')]).explained).toEqual({ joined: 1 });
  });

  it('have no cause where what was taken is on record as failed', () => {
    const unanswered = failed(2, { statusCode: null });
    const retry = delivered(9, { number: 2 });
    expect(of([post(2), post(9, { attempt: 2 })], [unanswered, retry], [ended(5)]).unexplained).toHaveLength(1);
  });

  it('are explained by when the first was sent, however late it is read', () => {
    const late = post(2, { at: 8_500 });
    expect(of([late, post(9)], [delivered(9)], [ended(3)]).explained).toEqual({ delivery: 1 });
    expect(of([late, post(9)], [delivered(9)], [ended(1)]).unexplained).toHaveLength(1);
  });

  it('are explained where a busy machine notes the fault after the second', () => {
    const slow = { since: 5_000, at: 12_000, kind: 'delivery' };
    expect(of([post(2), post(9)], [delivered(9)], [slow]).explained).toEqual({ delivery: 1 });
  });

  it.each([
    ['a second', 10],
    ['six seconds', 15],
  ])('are not those that follow a refused one %s later: the ledger has it as failed', (_, second) => {
    const posts = [post(2), refused(9), refused(second, { attempt: 2 }), post(60)];
    const attempts = [failed(9), failed(second, { number: 2 }), delivered(60, { round: 2 })];
    expect(of(posts, attempts, [ended(5)])).toMatchObject({ total: 1, explained: { delivery: 1 }, unexplained: [] });
    expect(of(posts, attempts).unexplained).toHaveLength(1);
  });

  it('are those that follow a refused one of which the ledger knows nothing', () => {
    const posts = [post(2), refused(9), post(15)];
    expect(of(posts, [delivered(15)], [ended(5)])).toMatchObject({
      total: 2,
      explained: { delivery: 1 },
      unexplained: [expect.stringContaining('attempt 1 came 6000 ms after attempt 1, which was answered 500')],
    });
    expect(of(posts, [delivered(15)], [ended(5), ended(12)])).toMatchObject({ total: 2, explained: { delivery: 2 } });
  });

  it('are each explained by what ended since the post before them', () => {
    const thrice = [post(2), post(9), post(20)];
    expect(of(thrice, [delivered(20)], [ended(5), ended(15)])).toMatchObject({
      total: 2,
      explained: { delivery: 2 },
      unexplained: [],
    });
    expect(of(thrice, [delivered(20)], [ended(5)]).unexplained).toHaveLength(1);
  });

  it('are not a request that comes once more on another connection after its own was cut', () => {
    const posts = [post(2), cut(9), cut(9, { at: 15_000 }), post(20, { attempt: 2 })];
    const attempts = [failed(9, { statusCode: null }), delivered(20, { number: 2 })];
    expect(of(posts, attempts, [ended(5)])).toMatchObject({ total: 1, explained: { delivery: 1 }, unexplained: [] });
  });

  it('are those that follow a refused one out of turn, with or without a record', () => {
    const posts = [post(2), refused(9), refused(15, { attempt: 2 }), post(30, { attempt: 2 })];
    const attempts = [failed(9), failed(15, { number: 2 })];
    expect(of(posts, attempts, [ended(5)]).unexplained).toHaveLength(1);
    expect(of([post(2), cut(9), post(10, { attempt: 3 })], [failed(9)], [ended(5)]).unexplained).toHaveLength(1);
  });

  it('are too many where more came again after one fault than can have been in flight or not yet on record', () => {
    const ids = Array.from({ length: 514 }, (_, n) => `d${n}`);
    const twice = ids.flatMap((webhookId) => [post(2, { webhookId }), post(9, { webhookId })]);
    const attempts = ids.map((deliveryId) => delivered(9, { deliveryId }));
    expect(of(twice, attempts, [ended(5)]).tooMany).toHaveLength(1);
    expect(of(twice, attempts, [ended(5)], [hook({ concurrency: 2 })]).tooMany).toEqual([]);
  });
});
