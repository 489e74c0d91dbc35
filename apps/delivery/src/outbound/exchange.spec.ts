import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange.js';

const LONG_MS = 60_000;
const controller = { abort: () => {} } as unknown as Dispatcher.DispatchController;

describe('an error of the client library that is not known here', () => {
  it('is a malformed answer once the request is on its way', async () => {
    const exchange = new Exchange(LONG_MS);
    exchange.onRequestStart(controller);
    exchange.onResponseError(controller, new TypeError('a fault in the parser'));
    await expect(exchange.answer).rejects.toMatchObject({ name: 'TransportFault', code: 'malformed_response' });
  });

  it('is noted where the status line has come', async () => {
    const exchange = new Exchange(LONG_MS);
    exchange.onRequestStart(controller);
    exchange.onStatusLine(200);
    exchange.onResponseError(controller, new TypeError('a fault in the parser'));
    await expect(exchange.answer).resolves.toMatchObject({ status: 200, cut: 'malformed_response' });
  });

  it('is our own before that', async () => {
    const exchange = new Exchange(LONG_MS);
    const fault = new TypeError('a wrong argument');
    exchange.onResponseError(controller, fault);
    await expect(exchange.answer).rejects.toBe(fault);
  });
});
