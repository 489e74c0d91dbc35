import { describe, expect, it } from 'vitest';
import { waitBeforeRepeat, type FailedCall } from './repeat.js';

const failed = (code: string, call: Partial<FailedCall>): FailedCall => ({
  method: 'POST',
  headers: {},
  error: Object.assign(new Error('broken'), { code }),
  sent: false,
  tries: 0,
  ...call,
});
const KEYED = { 'idempotency-key': 'k' };

describe('waitBeforeRepeat', () => {
  it.each<[string, Partial<FailedCall>, number | undefined]>([
    ['ECONNREFUSED', { method: 'POST' }, 50],
    ['ECONNREFUSED', { method: 'PATCH', tries: 1 }, 250],
    ['ECONNREFUSED', { tries: 2 }, undefined],
    ['UND_ERR_CONNECT_TIMEOUT', { method: 'GET' }, undefined],
    ['UND_ERR_SOCKET', { sent: true, method: 'GET' }, 50],
    ['ECONNRESET', { sent: true, method: 'HEAD' }, 50],
    ['ECONNRESET', { sent: true, method: 'GET', tries: 1 }, undefined],
    ['UND_ERR_SOCKET', { sent: true, headers: KEYED }, 50],
    ['UND_ERR_SOCKET', { sent: true }, undefined],
    ['UND_ERR_SOCKET', { sent: true, method: 'PATCH', headers: KEYED }, undefined],
    ['UND_ERR_SOCKET', { sent: true, method: 'DELETE' }, undefined],
    ['UND_ERR_HEADERS_TIMEOUT', { sent: true, method: 'GET' }, undefined],
  ])('%s with %o: %s', (code, call, wait) => {
    expect(waitBeforeRepeat(failed(code, call))).toBe(wait);
  });
});
