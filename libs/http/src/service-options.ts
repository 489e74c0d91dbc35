import type { ServerResponse } from 'node:http';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServiceSettings } from '#libs/config';
import type { Logger, Registry } from '#libs/observability';
import type { ObservedRequest } from './observe-requests.js';

/** What a service is given before Nest starts. */
export interface ServiceContext<S extends ServiceSettings> {
  name: string;
  settings: S;
  logger: Logger;
  registry: Registry;
}

export interface ServiceOptions<S extends ServiceSettings> {
  name: string;
  settings: new () => S;
  /** The service's own modules. What they need of the context they inject by token. */
  module: Type | DynamicModule;
  /** Modules that are there with certain settings only. */
  modulesFor?: (settings: S) => Type[];
  /** Adds what comes before security headers and body parser: pages with headers of their own. */
  before?: (app: NestExpressApplication, context: ServiceContext<S>) => void;
  /** Is offered each request before Express, which alone costs 55 µs of CPU, and says whether it took it: the gateway's proxy. */
  front?: (app: NestExpressApplication, context: ServiceContext<S>) => Front;
  /** Probes, metrics and the service's own document are answered on this port alone: for a service that the public reaches. */
  opsPort?: (settings: S) => number;
  /** Runs once HTTP answers, so that health can be asked meanwhile, and before the Kafka servers start. */
  prepare?: (app: INestApplication) => Promise<void>;
  /** The Kafka servers to start after that; taken from the app's providers. */
  strategies?: (app: INestApplication) => CustomTransportStrategy[];
}

/** True where it took the request and will answer it. */
export type Front = (request: ObservedRequest, response: ServerResponse) => boolean;
