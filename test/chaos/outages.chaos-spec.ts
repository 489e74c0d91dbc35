import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { allReady, startServer, stopServer } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';
import { inBackground } from '../support/in-background.js';

/** How long a server is away: the length of the outage is what is tested. */
const AWAY_MS = 20_000;

const receive = receiversOfEachTest();
afterEach(async () => {
  for (const server of ['kafka', 'postgres'] as const) await startServer(server); // also where a test broke off
  await allReady();
});

const versions = (receiver: Receiver): string[] => receiver.received.map(versionOf);

describe('for 20 s', () => {
  it(
    'Kafka is away: releases are accepted and delivered afterwards; what needs Kafka says 503',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive();
      const hook = await api.webhook(receiver.url);
      await api.release(project.id, '0.1');
      await eventually(() => expect(versions(receiver)).toEqual(['0.1']));
      await stopServer('kafka');
      const away = inBackground(wait(AWAY_MS));
      for (let n = 0; n < 20; n += 1) await api.release(project.id, `1.${n}`);
      const test = await api.call('POST', `/integrations/${hook.id}/test`);
      expect(test.status).toBe(503);
      expect(test.headers.get('retry-after')).toBeTruthy();
      expect((await api.call('GET', '/deliveries')).status).toBe(200);
      expect((await api.call('PATCH', `/integrations/${hook.id}`, { name: 'Renamed' })).status).toBe(200);
      await away;
      await startServer('kafka');
      await eventually(() =>
        expect([...new Set(versions(receiver))]).toEqual(['0.1', ...Array.from({ length: 20 }, (_, n) => `1.${n}`)]),
      );
      await allReady();
      await eventually(async () => expect((await api.call('POST', `/integrations/${hook.id}/test`)).status).toBe(202));
    },
  );

  it(
    'PostgreSQL is away: calls say 503, nothing accepted is lost, and all recovers alone',
    { timeout: 400_000 },
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      let held = true;
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const receiver = await receive(async () => {
        if (held) await gate;
        return 200;
      });
      await api.webhook(receiver.url);
      const accepted = Array.from({ length: 10 }, (_, n) => `1.${n}`);
      for (const version of accepted) await api.release(project.id, version);
      await eventually(() => expect(receiver.received).toHaveLength(1));
      await stopServer('postgres');
      const away = inBackground(wait(AWAY_MS));
      held = false;
      release(); // the first attempt ends while the ledger is away
      for (const [method, path, body] of [
        ['POST', `/projects/${project.id}/releases`, { environment: 'prod', version: '9.9' }],
        ['GET', '/integrations', undefined],
        ['GET', '/deliveries', undefined],
      ] as const) {
        const answer = await api.call(method, path, body);
        expect([answer.status, path]).toEqual([503, path]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(answer.headers.get('retry-after')).toBeTruthy();
      }
      await away;
      await startServer('postgres');
      await eventually(() => expect([...new Set(versions(receiver))]).toEqual(accepted));
      await allReady();
      await api.release(project.id, '2.0');
      await eventually(() => expect(versions(receiver).at(-1)).toBe('2.0'));
      await eventually(async () =>
        expect((await api.deliveries()).map(({ status }) => status)).toEqual(Array(11).fill('delivered')),
      );
      expect(versions(receiver).length - 11).toBeLessThanOrEqual(1);
    },
  );
});
