import type { IncomingHttpHeaders } from 'node:http';
import type { Client } from '../admission/client.js';

/** What concerns one connection only and is never passed on, RFC 9110 section 7.6.1; and what the next hop states afresh. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const STATED_AFRESH = new Set([
  ...HOP_BY_HOP,
  'host',
  'content-length',
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-request-id',
  'traceparent',
]);

/** What the service is told of the call beside the caller's own headers. */
export interface CallFacts {
  requestId: string;
  traceparent: string;
  client: Client;
}

/** Headers of the call to the service, as a flat list of names and values. */
export function requestHeaders(headers: IncomingHttpHeaders, facts: CallFacts): string[] {
  const dropped = namedByConnection(headers.connection);
  const flat: string[] = [
    'x-request-id',
    facts.requestId,
    'traceparent',
    facts.traceparent,
    'x-forwarded-for',
    facts.client.address,
    'x-forwarded-proto',
    facts.client.protocol,
  ];
  if (headers.host !== undefined) flat.push('x-forwarded-host', headers.host);
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || STATED_AFRESH.has(name) || dropped?.includes(name)) continue;
    if (typeof value === 'string') flat.push(name, value);
    else for (const one of value) flat.push(name, one);
  }
  return flat;
}

/** The service's headers without those that concern its connection to us only. */
export function answerHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  for (const name of namedByConnection(headers.connection) ?? []) delete headers[name];
  for (const name in headers) if (HOP_BY_HOP.has(name)) delete headers[name];
  return headers;
}

function namedByConnection(connection: string | undefined): string[] | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined;
  return connection.split(',').map((name) => name.trim().toLowerCase());
}
