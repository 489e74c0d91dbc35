import absolutePath from 'swagger-ui-dist/absolute-path.js';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import helmet from 'helmet';
import { openApiDocument, sendProblem } from '#libs/http';
import { problemFrom } from '#libs/problems';
import type { Mode } from '#libs/config';
import type { GatewaySettings } from '../gateway.config.js';
import type { Upstreams } from '../proxy/upstreams.service.js';
import { ApiDocument } from './api-document.service.js';
import { PAGE, docsScript } from './docs-page.js';

const A_DAY_SECONDS = 86_400;

/** Swagger UI sets styles on its elements; apart from that nothing comes from anywhere else. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
});

/** The API's document and a page to read and try it. */
export function apiDocs(
  app: NestExpressApplication,
  upstreams: Upstreams,
  { mode }: Pick<GatewaySettings, 'mode'>,
): void {
  const document = new ApiDocument(upstreams, openApiDocument(app, 'gateway'));
  app.use('/api/openapi.json', (request: Request, response: Response) => {
    document.whole().then(
      (whole) => response.json(whole),
      (error: unknown) => sendProblem(response, problemFrom(error), request.requestId),
    );
  });
  app.use('/api/docs', securityHeaders, docsPages(mode));
}

function docsPages(mode: Mode): express.Router {
  const router = express.Router();
  router.get('/', (_request, response) => void response.type('html').set('cache-control', 'no-cache').send(PAGE));
  router.get(
    '/start.js',
    (_request, response) => void response.type('js').set('cache-control', 'no-cache').send(docsScript(mode)),
  );
  router.use('/assets', express.static(absolutePath(), { index: false, maxAge: A_DAY_SECONDS * 1000 }));
  return router;
}
