import { describe, expect, it } from 'vitest';
import { problemFrom } from './index.js';

const coded = (code: string): Error => Object.assign(new Error(code), { code });
const said = (message: string): Error => new Error(message);

describe('a database that is away', () => {
  it.each([
    ['refuses connections', coded('ECONNREFUSED')],
    ['has no address for the moment', coded('EAI_AGAIN')],
    ['is a standby after a failover', coded('25006')],
    ['is a standby, as TypeORM says it', Object.assign(said('QueryFailedError'), { driverError: coded('25006') })],
    ['is starting', coded('57P03')],
    ['has no connection left', coded('53300')],
    ['has no disk left', coded('53100')],
    ['took too long', coded('57014')],
    ['would not give a lock', coded('55P03')],
    ['is gone between two statements', said('Query runner already released. Cannot run queries anymore.')],
    ['gives no connection in time', said('timeout exceeded when trying to connect')],
  ])('that %s: 503, and nothing was changed', (_, error) => {
    const { status, options } = problemFrom(error);
    expect(status).toBe(503);
    expect(options.retryAfterSeconds).toBeGreaterThan(0);
    expect(options.detail).toContain('Nothing was changed');
  });

  it.each([
    ['resets', coded('ECONNRESET')],
    ['is told to stop', coded('57P01')],
    ['loses the connection', coded('08006')],
    ['is gone', said('Connection terminated unexpectedly')],
  ])('that %s while it answers: 503, and what became of the change is not known', (_, error) => {
    const { status, options } = problemFrom(error);
    expect(status).toBe(503);
    expect(options.retryAfterSeconds).toBeGreaterThan(0);
    expect(options.detail).toContain('is not known');
  });

  it.each([
    ['a constraint', coded('23505'), 500],
    ['a column that is not there', coded('42703'), 500],
    ['a deadlock', coded('40P01'), 409],
  ])('is not said of %s', (_, error, status) => expect(problemFrom(error).status).toBe(status));
});
