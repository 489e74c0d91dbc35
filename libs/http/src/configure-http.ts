import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import helmet from 'helmet';
import type { ServiceSettings } from '#libs/config';
import { observeRequests } from './observe-requests.js';
import { openApiDocument } from './openapi.js';
import type { ServiceContext, ServiceOptions } from './service.js';

const BODY_LIMIT = '256kb';

/** What every service's HTTP has: request ids and log lines, security headers, a body limit, its OpenAPI document. */
export function configureHttp<S extends ServiceSettings>(
  app: NestExpressApplication,
  context: ServiceContext<S>,
  before?: ServiceOptions<S>['before'],
): void {
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(observeRequests(context));
  before?.(app, context);
  app.use(helmet());
  app.use(express.json({ limit: BODY_LIMIT, strict: true, type: ['application/json', 'application/*+json'] }));
  const document = openApiDocument(app, context.name);
  app.use('/openapi.json', (_request: Request, response: Response) => response.json(document()));
}
