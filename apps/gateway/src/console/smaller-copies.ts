import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const ASSET = /^\/assets\/[\w.-]+$/;
/** The best first; the build writes both beside each file that is text. */
const COPIES = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
];

/** Leads a request for an asset to the compressed copy that the build made of it, where there is one that the client takes. */
export function smallerCopies(folder: string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { path } = request;
    if (!ASSET.test(path)) return next();
    response.vary('Accept-Encoding');
    const copy = COPIES.find(
      ({ encoding, suffix }) => request.acceptsEncodings(encoding) && existsSync(join(folder, path + suffix)),
    );
    if (copy) {
      response.type(extname(path)).set('content-encoding', copy.encoding);
      request.url = path + copy.suffix;
    }
    next();
  };
}
