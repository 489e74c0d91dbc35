import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { parseUrl } from '#libs/url';
import type { GatewaySettings } from '../gateway.config.js';
import { smallerCopies } from './smaller-copies.js';

const NOT_PAGES = /^\/(?:api|health|metrics|internal|openapi\.json|\.well-known)(?:\/|$)/;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The built console with its deep links; where it is not built, `/` leads to the API documentation. */
export function servePages(app: NestExpressApplication, settings: GatewaySettings): void {
  const folder = resolve(settings.consoleDir);
  const index = resolve(folder, 'index.html');
  const security = securityHeaders(settings);
  const smaller = smallerCopies(folder);
  const files = express.static(folder, { index: false, redirect: false, setHeaders: cacheByName });
  app.use('/console-config.json', (_request: Request, response: Response) => {
    response.set('cache-control', 'no-cache').json(consoleConfig(settings));
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || NOT_PAGES.test(request.path)) return next();
    if (!existsSync(index)) return request.path === '/' ? response.redirect('/api/docs') : next();
    security(request, response, () =>
      smaller(request, response, () => files(request, response, () => sendIndex(request, response, { index, next }))),
    );
  });
}

function sendIndex(request: Request, response: Response, { index, next }: { index: string; next: NextFunction }): void {
  if (!request.accepts('html') || request.path.startsWith('/assets/')) return next();
  response.set('cache-control', 'no-cache').sendFile(index);
}

/** Names below assets/ carry a hash of what is in them. */
function cacheByName(response: Response, path: string): void {
  response.setHeader('cache-control', /[\\/]assets[\\/]/.test(path) ? FOR_EVER : 'no-cache');
}

/** What the console has to know before anybody signed in. */
function consoleConfig({
  mode,
  authIssuer,
  authClientId,
  authAudience,
}: GatewaySettings): Record<string, string | null> {
  return { mode, issuer: authIssuer, clientId: authClientId ?? null, audience: authAudience };
}

function securityHeaders({ authIssuer }: GatewaySettings): ReturnType<typeof helmet> {
  const issuer = parseUrl(authIssuer);
  const provider = issuer ? [issuer.origin] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...provider],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
}
