import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ServiceSettings, loadSettings } from '#libs/config';
import { createLogger, createRegistry } from '#libs/observability';
import { startTestIdentity, type TestIdentity } from '../../../test/support/test-identity.js';
import { Readiness, createService } from './index.js';

interface Report {
  status: number;
  body: { status: string; details: Record<string, { status: string; reason?: string }> };
}

@Module({})
class Nothing {}

/** What every service has. */
const COMMON = { 'identity-provider': { status: 'up' } };

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startTestIdentity();
});
afterAll(() => identity?.close());

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function start(): Promise<{ readiness: Readiness; get: (path: string) => Promise<Report>; url: string }> {
  const app = await createService(
    { module: Nothing },
    {
      name: 'nothing',
      settings: loadSettings(ServiceSettings, { PORT: '1', AUTH_JWKS_URL: identity.jwksUrl }),
      logger: createLogger('nothing', 'error'),
      registry: createRegistry('nothing'),
    },
  );
  await app.listen(0, '127.0.0.1');
  close = () => app.close();
  const url = `http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}`;
  const get = async (path: string): Promise<Report> => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, body: (await response.json()) as Report['body'] };
  };
  return { readiness: app.get(Readiness), get, url };
}

const metricsOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();

describe('the probes', () => {
  it('tell an API that can be answered from a pipeline through which nothing passes', async () => {
    const { readiness, get } = await start();
    let consuming = true;
    let reached = true;
    readiness.add('database', () => reached, { serving: true });
    readiness.add('consumers', async () => consuming);
    expect([(await get('/health/ready')).status, (await get('/health/serving')).status]).toEqual([200, 200]);
    consuming = false;
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.details).toEqual({ ...COMMON, database: { status: 'up' }, consumers: { status: 'down' } });
    expect(await get('/health/serving')).toMatchObject({
      status: 200,
      body: { details: { database: { status: 'up' } } },
    });
    reached = false;
    expect([(await get('/health/ready')).status, (await get('/health/serving')).status]).toEqual([503, 503]);
    expect((await get('/health/live')).status).toBe(200);
  });

  it('take a check that hangs, throws or cannot tell for one that does not hold, and ask one that hangs once', async () => {
    const { readiness, get, url } = await start();
    let asked = 0;
    readiness.add('hangs', () => {
      asked += 1;
      return new Promise<boolean>(() => undefined);
    });
    readiness.add('throws', () => {
      throw new Error('broken');
    });
    readiness.add('rejects', () => Promise.reject(new Error('broken')));
    readiness.add('unknown', () => undefined);
    readiness.add('holds', () => true);
    const reports = await Promise.all([get('/health/ready'), get('/health/ready'), metricsOf(url)]);
    expect(reports[0]).toMatchObject({ status: 503 });
    expect(reports[0].body.details).toEqual({
      ...COMMON,
      hangs: { status: 'down' },
      throws: { status: 'down' },
      rejects: { status: 'down' },
      unknown: { status: 'down', reason: 'unknown' },
      holds: { status: 'up' },
    });
    expect(asked).toBe(1);
    const values = [...reports[2].matchAll(/^service_ready\{check="([\w-]+)",service="nothing"\} (\d)$/gm)];
    expect(Object.fromEntries(values.map(([, check, value]) => [check, value]))).toEqual({
      'identity-provider': '1',
      hangs: '0',
      throws: '0',
      rejects: '0',
      holds: '1',
    });
  });

  it('both turn when the service is told to stop', async () => {
    const { readiness, get } = await start();
    readiness.stop();
    for (const path of ['/health/ready', '/health/serving'])
      expect(await get(path)).toMatchObject({ status: 503, body: { details: { stopping: { status: 'down' } } } });
    expect((await get('/health/live')).status).toBe(200);
  });
});
