import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import helmet from 'helmet';
import type { ServiceSettings } from '#libs/config';
import { Problem } from '#libs/problems';
import { boundedInput } from './bounded-input.js';
import { ConnectionTurns } from './connection-turns.js';
import { GracefulStop } from './graceful-stop.js';
import { HttpDrain } from './http-drain.js';
import { observeRequests } from './observe-requests.js';
import { OpsServer } from './ops-server.js';
import { sendProblem } from './problem.filter.js';
import { repeatedHeader } from './repeated-header.js';
import { openApiDocument } from './openapi.js';
import type { Front, ServiceContext, ServiceOptions } from './service-options.js';

const BODY_LIMIT = '256kb';
/** Longer than any keep-alive of a client before us, so that we never close a connection that is just being used. */
const KEEP_ALIVE_MS = 65_000;
/** A connection on which no byte passes for so long is closed: its client takes nothing of what it asked for. */
const STALLED_MS = 90_000;

/** What every service's HTTP has: request ids and log lines, security headers, a body limit, its OpenAPI document. */
export function configureHttp<S extends ServiceSettings>(
  app: NestExpressApplication,
  context: ServiceContext<S>,
  options: Pick<ServiceOptions<S>, 'before' | 'front' | 'opsPort'> = {},
): void {
  app.set('etag', false);
  app.set('query parser', 'simple');
  receiveRequests(app, context, options);
  options.before?.(app, context);
  app.use(helmet());
  app.use(express.json({ limit: BODY_LIMIT, strict: true, type: ['application/json', 'application/*+json'] }));
  app.use(boundedInput);
  const document = openApiDocument(app, context.name);
  app.use('/openapi.json', (_request: Request, response: Response) => response.json(document()));
}

/** Every request is observed; then the front may take it, and what it leaves is Express'. */
function receiveRequests<S extends ServiceSettings>(
  app: NestExpressApplication,
  context: ServiceContext<S>,
  options: Pick<ServiceOptions<S>, 'front' | 'opsPort'>,
): void {
  const front: Front = options.front?.(app, context) ?? (() => false);
  const { observe, abandoned } = observeRequests(context);
  const server = app.getHttpServer() as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  server.timeout = STALLED_MS;
  const drain = new HttpDrain(server);
  app.get(GracefulStop).watch(drain);
  const [handle] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  const turns = new ConnectionTurns(({ request: incoming, response }) => {
    drain.take(response);
    const request = observe(incoming, response);
    const repeated = repeatedHeader(incoming.rawHeaders);
    if (repeated !== undefined) return refuseRepeated(repeated, response, request.requestId);
    if (!front(request, response)) handle?.(request, response);
  }, abandoned);
  server.removeAllListeners('request');
  server.on('request', (request, response) => turns.take(request, response));
  if (options.opsPort)
    app.get(OpsServer).separate(app, (request, response) => handle?.(observe(request, response), response));
}

/** Nothing more is read from such a connection: where the next request begins may be told differently, too. */
function refuseRepeated(name: string, response: ServerResponse, requestId: string): void {
  const detail = `The header ${name} is there more than once.`;
  response.setHeader('connection', 'close');
  sendProblem(response, new Problem(400, 'invalid-input', 'The request is not valid', { detail }), requestId);
}
