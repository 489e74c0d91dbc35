import { createServer, request, type RequestOptions, type Server } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgents } from './index.js';

describe('agents that connect within a limit', () => {
  const { httpAgent, httpsAgent } = connectAgents(3_000);
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = createServer((_request, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const get = (call: typeof request, options: RequestOptions): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      call({ port, ...options }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end();
    });

  it.each(['127.0.0.1', 'localhost'])('reach %s', async (host) => {
    expect(await get(request, { host, agent: httpAgent })).toBe(200);
  });

  it('speak TLS where it is asked for', async () => {
    const call = get(secureRequest as typeof request, { host: '127.0.0.1', agent: httpsAgent });
    await expect(call).rejects.toMatchObject({ code: expect.stringMatching(/^(EPROTO|ERR_SSL_.*)$/) as string });
  });

  it('say why a connection failed', async () => {
    const refused = get(request, { host: '127.0.0.1', port: 1, agent: httpAgent });
    await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const unknown = get(request, { host: 'no-such-host.invalid', agent: httpAgent });
    await expect(unknown).rejects.toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as string });
  });
});
