import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { inBackground } from '../../../test/support/in-background.js';
import { UnreliableIssuer } from '../../../test/support/unreliable-issuer.js';
import { TokenVerifier } from './index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let issuer: UnreliableIssuer;
let verifier: TokenVerifier;
/** How far the verifier's clock is ahead. */
let passed: number;
let lines: { level: string; event: string; fields: Record<string, unknown> }[];

beforeEach(async () => {
  issuer = await UnreliableIssuer.start();
  passed = 0;
  const said: typeof lines = (lines = []); // a question of the test before may end later
  const log =
    (level: string) =>
    (fields: object, event = ''): void =>
      void said.push({ level, event, fields: { ...fields } });
  verifier = new TokenVerifier(
    { authIssuer: 'nitropush-local', authAudience: 'nitropush-notifications', authJwksUrl: issuer.url },
    { warn: log('warn'), info: log('info') },
    () => performance.now() + passed,
  );
});
afterEach(() => issuer.goAway());

/** Each time with a token that was not seen before. */
async function call(kid = 'first'): Promise<number> {
  const token = await issuer.sign(kid);
  return verifier.verify(`Bearer ${token}`).then(
    () => 200,
    ({ status }: { status: number }) => status,
  );
}
const calls = (count: number, kid?: string): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, () => call(kid)));
const all = (status: number, count: number): number[] => Array.from({ length: count }, () => status);
const events = (): string[] => lines.map(({ level, event }) => `${level} ${event}`);

const hang: RequestListener = () => undefined;
const status =
  (code: number, body = ''): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, { location: 'http://127.0.0.1:9/' }).end(body);
const FAULTS: [string, (broken: UnreliableIssuer) => Promise<void> | void][] = [
  ['is away', (broken) => broken.goAway()],
  ['hangs', (broken) => void (broken.instead = hang)],
  ['answers 500', (broken) => void (broken.instead = status(500, 'down'))],
  ['answers 503 with keys of another', (broken) => void (broken.instead = status(503, '{"keys":[{"kty":"EC"}]}'))],
  ['redirects', (broken) => void (broken.instead = status(302))],
  ['answers a page', (broken) => void (broken.instead = status(200, '<!doctype html>'))],
  ['answers an empty key set', (broken) => broken.publish()],
  ['answers null', (broken) => void (broken.instead = status(200, 'null'))],
  ['answers a set that is none', (broken) => void (broken.instead = status(200, '{"keys":["a"]}'))],
  ['breaks the answer off', (broken) => void (broken.instead = (_, { socket }) => void socket?.destroy())],
];

describe.each(FAULTS)('an identity provider that %s', (_case, happens) => {
  it('keeps nobody with a known key out for an hour', async () => {
    expect(await call()).toBe(200);
    await happens(issuer);
    for (const minutes of [4, 6, 9]) {
      passed = minutes * MINUTE;
      expect(await calls(20)).toEqual(all(200, 20));
    }
    await eventually(() => expect(events()).toEqual(['warn identity-provider.gives-no-keys']));
    expect(JSON.stringify(lines)).not.toContain('/keys');
    passed = 59 * MINUTE;
    expect(await calls(20)).toEqual(all(200, 20));
  });
});

describe.each([FAULTS[0]!, FAULTS[1]!, FAULTS[6]!])('an identity provider that %s while we start', (_case, happens) => {
  it('makes calls 503 where no key is known, and none is guessed', async () => {
    await happens(issuer);
    expect(await calls(3)).toEqual(all(503, 3));
    expect(await verifier.ready()).toBe(false);
  });
});

describe('the keys of an identity provider', () => {
  it('are asked for again in the background before they are too old', async () => {
    await call();
    passed = 6 * MINUTE;
    issuer.instead = hang;
    expect(await call()).toBe(200);
    await eventually(() => expect(issuer.asked).toBe(2));
  });

  it('stop working an hour after the last answer, and work again with the next', async () => {
    await call();
    await issuer.goAway();
    passed = HOUR + 1;
    expect(await call()).toBe(503);
    expect(await verifier.ready()).toBe(false);
    await issuer.comeBack();
    await eventually(async () => expect(await verifier.ready()).toBe(true));
    expect(await call()).toBe(200);
    expect(events()).toEqual(['warn identity-provider.gives-no-keys', 'info identity-provider.answers-again']);
  });

  it('that are withdrawn stop working within ten minutes, also where nobody called meanwhile', async () => {
    await issuer.publish('first', 'second');
    expect(await call('first')).toBe(200);
    await issuer.publish('second');
    passed = 10 * MINUTE;
    expect(await calls(3, 'first')).toEqual(all(401, 3));
    expect(await call('second')).toBe(200);
  });

  it('that are withdrawn during an outage stop working once it is over', async () => {
    await issuer.publish('first', 'second');
    expect(await call('first')).toBe(200);
    await issuer.goAway();
    passed = 30 * MINUTE;
    expect(await call('first')).toBe(200);
    await issuer.publish('second');
    await issuer.comeBack();
    passed = 40 * MINUTE;
    expect(await call('first')).toBe(401);
  });

  it('that are new are found at once', async () => {
    expect(await call('first')).toBe(200);
    passed = 3_000;
    await issuer.publish('first', 'second');
    expect(await calls(5, 'second')).toEqual(all(200, 5));
    expect(issuer.asked).toBe(2);
  });

  it('that nobody knows do not flood it, and are no outage', async () => {
    expect(await call()).toBe(200);
    passed = 3_000;
    for (let n = 0; n < 5; n += 1) expect(await calls(10, 'stranger')).toEqual(all(401, 10));
    expect(issuer.asked).toBeLessThan(12); // one in two seconds of the 50, however slow this machine is
    expect(events()).toEqual([]);
  });

  it('that nobody knows cannot be decided while it is away; known ones can', async () => {
    expect(await call()).toBe(200);
    await issuer.goAway();
    passed = 3_000;
    expect(await calls(3, 'stranger')).toEqual(all(503, 3));
    expect(await call()).toBe(200);
  });

  it('are waited for where it restarts while we start', async () => {
    await issuer.goAway();
    const waiting = inBackground(calls(10));
    await new Promise((resolve) => setImmediate(resolve));
    await issuer.comeBack();
    expect(await waiting).toEqual(all(200, 10));
    expect(events()).toEqual([]);
  });
});
