import { afterEach, describe, expect, it } from 'vitest';
import { createRegistry } from '#libs/observability';
import { freePort } from '../../../test/support/free-port.js';
import { answerWhileStarting } from './starting-server.js';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

describe('a service that is starting', () => {
  it('lives, is not ready, and says so to callers', async () => {
    const port = await freePort();
    close = await answerWhileStarting({ port, host: '127.0.0.1' }, createRegistry('starting'));
    const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/health/live')).status).toBe(200);
    for (const path of ['/health/ready', '/health/serving']) expect((await get(path)).status).toBe(503);
    expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
    const call = await get('/api/v1/projects?x=1');
    expect([call.status, call.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await call.json()).toMatchObject({ type: 'urn:nitropush:problem:unavailable', status: 503 });
  });

  it('gives its port to the service, also while callers are still connected', async () => {
    const port = await freePort();
    const first = await answerWhileStarting({ port, host: '127.0.0.1' }, createRegistry('starting'));
    await (await fetch(`http://127.0.0.1:${port}/health/live`)).text();
    await first();
    const second = answerWhileStarting({ port, host: '127.0.0.1' }, createRegistry('starting'));
    close = await second; // it would reject with EADDRINUSE
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  });

  it('cannot start where somebody else has the port', async () => {
    const port = await freePort();
    close = await answerWhileStarting({ port, host: '127.0.0.1' }, createRegistry('starting'));
    await expect(answerWhileStarting({ port, host: '127.0.0.1' }, createRegistry('starting'))).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
