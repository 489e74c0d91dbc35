import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

const SECRET = 'hunter2';

function lineOf(fields: object): string {
  const lines: string[] = [];
  createLogger('test', 'info', { write: (line) => void lines.push(line) }).info(fields, 'thing.happened');
  return lines[0]!;
}
const fieldsOf = (fields: object): Record<string, unknown> => JSON.parse(lineOf(fields)) as Record<string, unknown>;

const nested = (levels: number): object => {
  let value: object = { password: SECRET };
  for (let level = 0; level < levels; level += 1) value = { inner: value };
  return value;
};
const circular: Record<string, unknown> = { token: SECRET };
circular['self'] = circular;
const withConfig = Object.assign(new Error('it failed'), { config: { headers: { authorization: SECRET } } });

describe('a log line', () => {
  it.each<[string, object]>([
    ['a field', { authorization: SECRET }],
    ['a header of a request', { request: { headers: { authorization: SECRET } } }],
    ['a sign-in as nodemailer has it', { auth: { user: 'releases', pass: SECRET } }],
    ['another case', { request: { headers: { Authorization: SECRET, 'Set-Cookie': [SECRET] } } }],
    ['words before it', { accessToken: SECRET, client_secret: SECRET, 'x-api-key': SECRET, signingSecret: SECRET }],
    ['a list of objects', { calls: [{ ok: true }, { credentials: { url: SECRET } }] }],
    ['a list of headers', { rawHeaders: ['host', 'x', 'Authorization', SECRET] }],
    ['pairs', { headers: [['cookie', SECRET]] }],
    ['Headers', { headers: new Headers({ authorization: SECRET }) }],
    ['a Map', { headers: new Map([['cookie', SECRET]]) }],
    ['what makes itself JSON', { config: { toJSON: () => ({ password: SECRET }) } }],
    ['an error with more on it', { error: withConfig }],
    ['an error elsewhere', { cause: { reason: withConfig } }],
    ['bytes', { body: Buffer.from(SECRET) }],
    ['7 levels', nested(7)],
    ['100 levels', nested(100)],
    ['100,000 levels', nested(100_000)],
    ['a circle', circular],
    ['many', { all: Array.from({ length: 5_000 }, () => ({ secret: SECRET })) }],
    ['an object as the secret', { credentials: { a: { b: SECRET } } }],
    ['a number as the secret', { password: Number.parseInt('1234', 10), hidden: [] }],
  ])('has no secret in it: %s', (_case, fields) => {
    const line = lineOf(fields);
    expect(line).not.toMatch(/hunter2|aHVudGVyMg|1234/);
    expect(JSON.parse(line)).toMatchObject({ event: 'thing.happened', service: 'test' });
  });

  it('keeps the rest, and leaves what it was given as it was', () => {
    const fields = {
      id: 7,
      at: new Date(0),
      none: null,
      credentialsVersion: 3,
      request: { headers: { token: SECRET, host: 'a' } },
    };
    expect(fieldsOf(fields)).toMatchObject({
      id: 7,
      at: '1970-01-01T00:00:00.000Z',
      none: null,
      credentialsVersion: 3,
      request: { headers: { token: '[redacted]', host: 'a' } },
    });
    expect(fields.request.headers.token).toBe(SECRET);
  });

  it('says of an error its name, message, code and stack', () => {
    const { error } = fieldsOf({ error: Object.assign(new TypeError('no'), { code: 'E1' }) }) as {
      error: Record<string, string>;
    };
    expect(Object.keys(error)).toEqual(['name', 'message', 'code', 'stack']);
    expect(error['name']).toBe('TypeError');
  });
});
