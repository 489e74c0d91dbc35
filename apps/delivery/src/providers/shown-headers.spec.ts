import { describe, expect, it } from 'vitest';
import { shownHeaders } from './shown-headers.js';

describe('the shown headers of an answer', () => {
  it('are as they came, lists in one line', () =>
    expect(shownHeaders({ server: 'nginx', via: ['a', 'b'], 'www-authenticate': 'Bearer' }, [])).toEqual({
      server: 'nginx',
      via: 'a, b',
      'www-authenticate': 'Bearer',
    }));

  it.each(['set-cookie', 'x-auth-token', 'x-api-key', 'x-session-id', 'authorization', 'webhook-signature'])(
    'keep the value of %s to themselves',
    (name) => expect(shownHeaders({ [name]: 'value' }, [])).toEqual({ [name]: '[redacted]' }),
  );

  it('hold no secret, in a name neither', () =>
    expect(shownHeaders({ location: 'https://a.example/T0KEN', 'x-t0ken': '1' }, ['T0KEN', 't0ken'])).toEqual({
      location: 'https://a.example/[redacted]',
      'x-[redacted]': '1',
    }));

  it('are 32 of 512 bytes at most', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`x-${n}`, 'v'.repeat(1_000)]));
    const shown = Object.values(shownHeaders(many, [])!);
    expect([shown.length, new Set(shown.map(({ length }) => length))]).toEqual([32, new Set([512])]);
  });

  it('are null where there is none, or only what belongs to the connection', () =>
    expect([shownHeaders({}, []), shownHeaders({ connection: 'close' }, [])]).toEqual([null, null]));
});
