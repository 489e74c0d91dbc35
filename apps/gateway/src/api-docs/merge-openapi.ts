import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_SCHEMAS, refusal } from './problem-schema.js';
import { strictRequests } from './strict-requests.js';
import { webhooks } from './webhooks.js';
import { asOpenApi31, mapObjects, operationsOf, type Json } from './openapi-document.js';

export interface ServiceDocument {
  service: string;
  document: OpenAPIObject;
}

const DESCRIPTION = `Carries release events to webhooks, Slack, Discord and email.

Ids are UUIDs, times ISO 8601 in UTC. Lists come in pages: pass \`nextCursor\` as \`cursor\` to get the next one.
A refusal is a problem document (RFC 9457). Send \`Idempotency-Key\` with a POST to be able to repeat it safely.`;

/** One document of the whole admin API out of each service's own: what is not below /api/v1 is left out. */
export function mergeOpenApi(parts: ServiceDocument[], isOpen: (path: string) => boolean): OpenAPIObject {
  const schemas: Json = structuredClone(PROBLEM_SCHEMAS);
  const paths: Record<string, Json> = {};
  for (const part of parts) {
    const document = withOwnNames(part, schemas);
    Object.assign(schemas, document.components?.schemas);
    for (const [path, item] of Object.entries(document.paths))
      if (path.startsWith('/api/v1/')) paths[path] = { ...paths[path], ...item };
  }
  nameOperations(paths);
  strictRequests(paths, schemas);
  for (const { path, operation } of operationsOf(paths)) {
    operation['responses'] = { ...(operation['responses'] as Json), default: refusal() };
    if (isOpen(path)) operation['security'] = [];
  }
  return {
    openapi: '3.1.0',
    info: { title: 'NitroPush notifications', version: '1', description: DESCRIPTION },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...tagsOf(paths), { name: 'webhooks', description: 'What a custom webhook is posted.' }],
    paths,
    webhooks: webhooks(),
    components: {
      schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  } as OpenAPIObject;
}

/** A schema whose name another service uses for something else is given the service's name; equal ones are shared. */
function withOwnNames({ service, document }: ServiceDocument, taken: Json): OpenAPIObject {
  const own = asOpenApi31(document) as OpenAPIObject;
  const renamed = new Map<string, string>();
  for (const [name, schema] of Object.entries(own.components?.schemas ?? {})) {
    if (name in PROBLEM_SCHEMAS) delete own.components?.schemas?.[name];
    else if (name in taken && JSON.stringify(taken[name]) !== JSON.stringify(schema))
      renamed.set(name, `${capital(service)}${name}`);
  }
  if (renamed.size === 0) return own;
  const ref = (name: string): string => `#/components/schemas/${name}`;
  const refs = new Map([...renamed].map(([from, to]) => [ref(from), ref(to)]));
  const moved = mapObjects(own, (object) => {
    const target = refs.get(String(object['$ref']));
    return target === undefined ? object : { ...object, $ref: target };
  }) as OpenAPIObject;
  const schemas = Object.entries(moved.components?.schemas ?? {});
  moved.components = {
    schemas: Object.fromEntries(schemas.map(([name, schema]) => [renamed.get(name) ?? name, schema])),
  };
  return moved;
}

/** Ids are unique: one that several operations bear is lengthened by the words of its path. */
function nameOperations(paths: Record<string, Json>): void {
  const operations = [...operationsOf(paths)];
  const bearers = new Map<string, number>();
  for (const { operation } of operations) bearers.set(idOf(operation), (bearers.get(idOf(operation)) ?? 0) + 1);
  const used = new Set<string>();
  for (const { path, method, operation } of operations) {
    const short = idOf(operation) || method;
    let id = (bearers.get(short) ?? 0) > 1 || short === method ? short + wordsOf(path) : short;
    if (used.has(id)) id = method + wordsOf(path);
    used.add(id);
    operation['operationId'] = id;
  }
}

const idOf = (operation: Json): string => String(operation['operationId'] ?? '');

function wordsOf(path: string): string {
  const words = path.slice('/api/v1/'.length).split('/');
  return words
    .map((word) => (word.startsWith('{') ? `By-${word.slice(1, -1)}` : word).split('-').map(capital).join(''))
    .join('');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function tagsOf(paths: Record<string, Json>): { name: string }[] {
  const names = [...operationsOf(paths)].flatMap(({ operation }) => (operation['tags'] ?? []) as string[]);
  return [...new Set(names)].map((name) => ({ name }));
}
