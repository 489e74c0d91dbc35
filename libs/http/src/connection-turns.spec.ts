import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectionTurns, type Call } from './connection-turns.js';

/** Calls by their number, on a connection that leads nowhere. */
function connection() {
  const socket = new Socket();
  const begun: number[] = [];
  const abandoned: number[][] = [];
  const numbers = new Map<IncomingMessage, number>();
  const numberOf = ({ request }: Call): number => numbers.get(request)!;
  const turns = new ConnectionTurns(
    (call) => void begun.push(numberOf(call)),
    (calls) => void abandoned.push(calls.map(numberOf)),
  );
  const responses: ServerResponse[] = [];
  const call = (on = socket): void => {
    const request = new IncomingMessage(on);
    numbers.set(request, responses.length);
    responses.push(new ServerResponse(request));
    turns.take(request, responses.at(-1)!);
  };
  const answer = (number: number): void => void responses[number]!.emit('close');
  const leave = (): void => {
    socket.destroy();
    socket.emit('close');
  };
  return { socket, begun, abandoned, call, answer, leave };
}

describe('the calls of a connection', () => {
  it('are begun one after another', () => {
    const { begun, call, answer } = connection();
    for (let number = 0; number < 3; number += 1) call();
    expect(begun).toEqual([0]);
    answer(0);
    expect(begun).toEqual([0, 1]);
    answer(1);
    answer(2);
    call();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('wait for none of another connection', () => {
    const { begun, call } = connection();
    call();
    call(new Socket());
    expect(begun).toEqual([0, 1]);
  });

  it('that wait when the client leaves are named once, and never begun', () => {
    const { begun, abandoned, call, answer, leave } = connection();
    for (let number = 0; number < 3; number += 1) call();
    leave();
    answer(0);
    expect([begun, abandoned]).toEqual([[0], [[1, 2]]]);
  });

  it('that come after the client left are not begun', () => {
    const { begun, abandoned, call, leave } = connection();
    leave();
    call();
    expect([begun, abandoned]).toEqual([[], [[0]]]);
  });

  it('may be 32 that wait; one more ends the connection', () => {
    const { socket, call } = connection();
    for (let number = 0; number <= 32; number += 1) call();
    expect(socket.destroyed).toBe(false);
    call();
    expect(socket.destroyed).toBe(true);
  });
});
