import type { IncomingHttpHeaders } from 'node:http';
import type { Mode } from './behaviour.js';
import type { SignatureState } from './signature.js';

/** One request as an inbox shows it. */
export interface ReceivedRequest {
  /** Grows with each request of the inbox. */
  id: number;
  receivedAt: string;
  method: string;
  path: string;
  /** Authorization and cookies masked. */
  headers: Record<string, string>;
  /** The first 64 KB, as they came. */
  body: string;
  /** Length of the whole body in bytes. */
  bytes: number;
  /** The body read as JSON; null where it is none. */
  json: unknown;
  signature: SignatureState;
  answered: { mode: Mode; statusCode: number | null };
}

const MASKED = ['authorization', 'proxy-authorization', 'cookie'];

/** Headers for showing: a credential keeps its scheme and loses the rest. */
export function shownHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
      return [name, MASKED.includes(name) ? mask(text) : text];
    }),
  );
}

function mask(value: string): string {
  const scheme = /^([A-Za-z]+) /.exec(value)?.[1];
  return scheme === undefined ? '••••' : `${scheme} ••••`;
}

/** Null also for the JSON text `null`: nothing depends on the difference. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
