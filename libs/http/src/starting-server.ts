import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { ServiceSettings } from '#libs/config';
import type { Registry } from '#libs/observability';
import { Problem } from '#libs/problems';
import { sendProblem } from './problem.filter.js';

const STARTING = new Problem(503, 'unavailable', 'The service is starting', { retryAfterSeconds: 2 });

/**
 * Answers on the service's port while it waits for its database or for a migration, which may take longer than an
 * orchestrator waits for a sign of life: it lives, and nothing else yet. Resolves when it listens; to be closed before the
 * service itself listens.
 */
export async function answerWhileStarting(
  { port, host }: Pick<ServiceSettings, 'port' | 'host'>,
  registry: Registry,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    request.resume();
    response.shouldKeepAlive = false;
    void answer(request.url?.split('?', 1)[0], response, registry);
  });
  server.listen(port, host);
  await once(server, 'listening'); // rejects where the port is taken
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
}

async function answer(path: string | undefined, response: ServerResponse, registry: Registry): Promise<void> {
  switch (path) {
    case '/health/live':
      return json(response, 200, { status: 'ok' });
    case '/health/ready':
    case '/health/serving':
      return json(response, 503, { status: 'error', details: { starting: { status: 'down' } } });
    case '/metrics':
      response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      return void response.end(await registry.metrics());
    default:
      return sendProblem(response, STARTING, randomUUID());
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
