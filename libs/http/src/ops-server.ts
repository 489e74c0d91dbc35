import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';
import { Problem } from '#libs/problems';
import { sendProblem } from './problem.filter.js';

const PATHS = ['/health', '/metrics', '/openapi.json'];

/**
 * Probes, metrics and the service's own document on a port that the public does not reach, and on no other. Answers until
 * everything else has ended. Does nothing in a service that has no such port.
 */
@Injectable()
export class OpsServer implements OnApplicationShutdown {
  private server: Server | undefined;
  /** Requests that came here; true once their path is known to be one of ours. */
  private readonly requests = new WeakMap<object, boolean>();

  /** Keeps the two apart: Express itself compares the paths, whatever their spelling. To be called before all other handlers. */
  separate(app: NestExpressApplication, receive: RequestListener): void {
    this.server = createServer((request, response) => {
      this.requests.set(request, false);
      receive(request, response);
    });
    app.use(PATHS, ((request, response, next) => {
      if (!this.has(request)) return nothingHere(request, response);
      this.requests.set(request, true);
      next();
    }) satisfies RequestHandler);
    app.use(((request, response, next) => {
      if (this.requests.get(request) === false) return nothingHere(request, response);
      next();
    }) satisfies RequestHandler);
  }

  /** Whether the request came in on this port. */
  has(request: object): boolean {
    return this.requests.has(request);
  }

  /** Answers the port that it listens on. */
  async listen(port: number, host: string): Promise<number> {
    this.server!.listen(port, host);
    await once(this.server!, 'listening');
    return (this.server!.address() as AddressInfo).port;
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.server?.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

function nothingHere(request: Request, response: Parameters<RequestHandler>[1]): void {
  const problem = new Problem(404, 'not-found', 'There is nothing at this address');
  sendProblem(response, problem, request.requestId);
}
