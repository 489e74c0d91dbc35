import { describe, expect, it } from 'vitest';
import { readable } from './readable.js';

const textOf = (fields: Record<string, unknown>): string | undefined => readable(JSON.stringify(fields))?.text;

const attempted = (fields: Record<string, unknown>): string | undefined =>
  textOf({
    level: 'info',
    service: 'delivery',
    provider: 'slack',
    integrationName: '#ops',
    type: 'release.created',
    version: '1.8.0',
    test: false,
    attempt: 1,
    outcome: 'delivered',
    next: 'done',
    statusCode: 200,
    durationMs: 12,
    event: 'delivery.attempted',
    ...fields,
  });

describe('a line for the terminal', () => {
  it('says why the brokers refuse a service, and what to check', () => {
    const line = {
      level: 'error',
      service: 'releases',
      reason: 'the brokers do not accept the user or the password',
      check: 'KAFKA_SASL_PASSWORD',
      event: 'kafka.refused',
    };
    expect(textOf(line)).toBe(
      'releases: kafka.refused (the brokers do not accept the user or the password); check KAFKA_SASL_PASSWORD',
    );
    expect(readable(JSON.stringify(line))?.error).toBe('the brokers do not accept the user or the password');
  });

  it('names version and destination of a delivery', () => {
    expect(attempted({})).toBe('1.8.0 to #ops: delivered in 12 ms');
    expect(attempted({ attempt: 3 })).toBe('1.8.0 to #ops: delivered in 12 ms, attempt 3');
    expect(attempted({ test: true })).toBe('test message to #ops: delivered in 12 ms');
    expect(attempted({ version: undefined, type: 'destination.failing' })).toBe(
      'destination.failing to #ops: delivered in 12 ms',
    );
  });

  it('says why one failed, and what follows', () => {
    const failed = { outcome: 'failed', errorCode: 'server_error', statusCode: 500, next: 'retry' };
    expect(attempted(failed)).toBe('1.8.0 to #ops: failed (server_error 500), attempt 1, tried again later');
    expect(attempted({ ...failed, statusCode: undefined, attempt: 6, next: 'dead' })).toBe(
      '1.8.0 to #ops: failed (server_error), attempt 6, now a dead letter',
    );
  });

  it('obeys no sign that a name holds', () => {
    expect(attempted({ integrationName: '\u001b[2J#ops\u202e\u0007' })).toBe('1.8.0 to [2J#ops: delivered in 12 ms');
  });

  it.each([
    ['a unit of work that went well', { level: 'info', event: 'integration.created' }],
    ['nothing', {}],
  ])('%s is for the file alone', (_, fields) => {
    expect(textOf(fields)).toBeUndefined();
  });

  it('is what a process says that is no log line', () => {
    expect(readable('FATAL ERROR: out of memory')?.text).toBe('FATAL ERROR: out of memory');
    expect(readable('  ')).toBeUndefined();
  });
});
