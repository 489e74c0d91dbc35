import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const LONGEST_BODY = 256 * 1024;
/** A hanging answer is broken off. */
const LONGEST_MS = 120_000;

/** The body of a request; null where it is too long. */
export function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= LONGEST_BODY) chunks.push(chunk);
    });
    const done = (): void => resolve(bytes > LONGEST_BODY ? null : Buffer.concat(chunks).toString());
    request.once('end', done).once('error', done);
  });
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export function hang(response: ServerResponse): void {
  const timer = setTimeout(() => response.destroy(), LONGEST_MS);
  response.once('close', () => clearTimeout(timer));
}

export const isType = (request: IncomingMessage, type: string): boolean =>
  request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === type;

export interface ClientCredentials {
  id: string;
  secret: string;
}

/** Id and secret of a client, from Basic authentication or the form. */
export function clientOf(request: IncomingMessage, form: URLSearchParams): ClientCredentials {
  const [scheme, value] = request.headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic' || value === undefined)
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', secret = ''] = Buffer.from(value, 'base64').toString().split(':', 2).map(decodeURIComponent);
  return { id, secret };
}

export function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Where we are, as the caller wrote it. */
export const originOf = (request: IncomingMessage): string => `http://${request.headers.host ?? 'localhost'}`;
