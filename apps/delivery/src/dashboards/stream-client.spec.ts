import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttemptEvent } from './attempt-event.dto.js';
import { HeldResponse } from './held-response.suite.js';
import { StreamClient } from './stream-client.js';
import type { SequencedAttempt } from './stream.queries.js';
import { inBackground } from '../../../../test/support/in-background.js';

const attempt = (seq: number, body = ''): SequencedAttempt => ({
  seq: BigInt(seq),
  organizationId: 'org',
  event: { attempt: { responseBody: body } } as AttemptEvent,
});
const ids = (text: string): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!);

let response: HeldResponse;
let client: StreamClient;
beforeEach(() => {
  vi.useFakeTimers();
  response = new HeldResponse();
  client = new StreamClient(response, Date.now() + 60_000);
});
afterEach(() => vi.useRealTimers());

describe('a reader of the stream', () => {
  it('is sent each attempt once', () => {
    for (const seq of [1, 2, 2, 1, 3]) client.send(attempt(seq));
    expect(ids(response.text)).toEqual(['1', '2', '3']);
  });

  it('is told what happens while it catches up afterwards', async () => {
    await client.catchUp(async () => {
      client.happen(attempt(9));
      client.happen(attempt(3));
      for (const seq of [1, 2, 3]) client.send(attempt(seq));
    });
    expect(ids(response.text)).toEqual(['1', '2', '3', '9']);
  });

  it('is dropped with a word when more than 1 MB waits for it, and cut off when it does not take that either', async () => {
    response.taking = false;
    for (let seq = 1; seq <= 400 && client.isOpen; seq++) client.send(attempt(seq, 'x'.repeat(4_096)));
    expect(ids(response.text).length).toBeGreaterThan(200);
    expect(ids(response.text).length).toBeLessThan(300);
    expect(response.text).toMatch(/: too slow: go on with Last-Event-ID\n\n$/);
    expect(response.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(response.destroyed).toBe(true);
    await client.closed;
  });

  it('is dropped when too much happens while it catches up', async () => {
    await client.catchUp(async () => {
      for (let seq = 1; seq <= 2_001; seq++) client.happen(attempt(seq));
    });
    expect(client.isOpen).toBe(false);
    expect(ids(response.text)).toEqual([]);
  });

  it('is waited for until it has taken what was written', async () => {
    response.taking = false;
    client.send(attempt(1, 'x'.repeat(20_000)));
    let room = false;
    const waiting = inBackground(client.room().then(() => (room = true)));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(room).toBe(false);
    response.take();
    await waiting;
  });

  it('ends with its token, and nothing is written after', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    await client.closed;
    const said = response.text;
    client.send(attempt(1));
    client.comment('more');
    expect(response.text).toBe(said);
    expect(said).toBe(': the token has expired\n\n');
  });
});
