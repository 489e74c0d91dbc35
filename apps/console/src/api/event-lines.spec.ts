import { describe, expect, it } from 'vitest';
import { EventLines } from './event-lines.js';

const all = (pieces: string[]): unknown[] => {
  const lines = new EventLines();
  return pieces.flatMap((piece) => lines.push(piece));
};

describe('event lines', () => {
  const text =
    'retry: 1000\n\nid: 7\nevent: attempt\ndata: {"a":1}\n\n: still here\n\nid: 8\nevent: attempt\ndata: x\ndata: y\n\n';
  const events = [
    { id: '7', type: 'attempt', data: '{"a":1}' },
    { id: '8', type: 'attempt', data: 'x\ny' },
  ];

  it('are read whole', () => expect(all([text])).toEqual(events));
  it('are read wherever the pieces break', () => expect(all([...text])).toEqual(events));
  it('keep what is not finished', () => expect(all(['id: 7\ndata: x\n'])).toEqual([]));
});
