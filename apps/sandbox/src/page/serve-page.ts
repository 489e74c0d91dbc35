import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
});

/** The page and its files, as they lie in apps/sandbox/public. */
export function servePage(app: NestExpressApplication): void {
  const files = express.static(join(rootOfProject(), 'apps/sandbox/public'), { cacheControl: false });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path !== '/' && !request.path.startsWith('/page/')) return next();
    securityHeaders(request, response, () => files(request, response, next));
  });
}

/** The files are neither compiled nor copied, so they are found from the project's root, compiled or not. */
function rootOfProject(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
