import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { KafkaUnavailable, NoLongerOwned, RecordTooLarge, backoffMs, isOutage, keepTrying } from './outage.js';

const { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } =
  kafkajs;
const coded = (code: string): Error => Object.assign(new Error(code), { code });
const said = (message: string): Error => new Error(message);
const final = (cause: Error): Error => Object.assign(new KafkaJSNonRetriableError(cause), { cause });
const protocol = (type: string, retriable: boolean): Error =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1, retriable }));

describe('isOutage', () => {
  it.each([
    ['refused', coded('ECONNREFUSED')],
    ['reset', coded('ECONNRESET')],
    ['a server that shuts down', coded('57P01')],
    ['a server that starts', coded('57P03')],
    ['a lost connection', coded('08006')],
    ['too many connections', coded('53300')],
    ['a pool that cannot connect', said('timeout exceeded when trying to connect')],
    ['a cut session', said('Connection terminated unexpectedly')],
    ['a query error of TypeORM', Object.assign(said('QueryFailedError'), { driverError: coded('57P01') })],
    ['a cause deep inside', new Error('fetch failed', { cause: new Error('x', { cause: coded('EPIPE') }) })],
    ['kafkajs without a connection', new KafkaJSConnectionError('Connection timeout')],
    ['kafkajs out of tries', new KafkaJSNumberOfRetriesExceeded(new Error('x'), { retryCount: 5, retryTime: 1 })],
    [
      'what a retry of kafkajs makes of a retry that gave up',
      final(new KafkaJSConnectionError('connect ECONNREFUSED')),
    ],
    ['an answer that says try again', protocol('NOT_ENOUGH_REPLICAS', true)],
    ['ours', new KafkaUnavailable('late')],
    ['declared', { isOutage: true }],
  ])('%s is', (_, error) => expect(isOutage(error)).toBe(true));

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a constraint', coded('23505')],
    ['a syntax error', coded('42601')],
    ['a record that is too large for the broker', protocol('MESSAGE_TOO_LARGE', false)],
    ['a bug in a handler, as kafkajs wraps it', final(new TypeError('x is not a function'))],
    ['a final answer, wrapped', final(protocol('MESSAGE_TOO_LARGE', false))],
    ['a misuse of kafkajs', new KafkaJSNonRetriableError('Invalid topic')],
    ['a record that is too large for us', new RecordTooLarge('large')],
    ['a lost partition', new NoLongerOwned()],
    ['a string', 'ECONNREFUSED'],
    ['nothing', undefined],
    ['null', null],
  ])('%s is not', (_, error) => expect(isOutage(error)).toBe(false));
});

it('waits 100 ms at first and 5 s at most', () => {
  expect([0, 1, 2, 5, 6, 60, 2_000].map(backoffMs)).toEqual([100, 200, 400, 3_200, 5_000, 5_000, 5_000]);
});

describe('keepTrying', () => {
  it('tries until it works', async () => {
    const retries: number[] = [];
    let tries = 0;
    const work = async (): Promise<string> => {
      tries += 1;
      if (tries < 3) throw coded('ECONNREFUSED');
      return 'done';
    };
    const onRetry = (_: unknown, count: number): void => void retries.push(count);
    expect(await keepTrying(work, { signal: () => true, onRetry })).toBe('done');
    expect(retries).toEqual([1, 2]);
  });

  it('gives up on what is no outage, and where it may not go on', async () => {
    const bug = new TypeError('bug');
    await expect(keepTrying(() => Promise.reject(bug), { signal: () => true })).rejects.toBe(bug);
    const away = coded('ECONNREFUSED');
    await expect(keepTrying(() => Promise.reject(away), { signal: () => false })).rejects.toBe(away);
  });
});
