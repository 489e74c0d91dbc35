import { OF_EVERY_OBJECT } from '#libs/http';
import { operationsOf, type Json } from './openapi-document.js';

const REF = '#/components/schemas/';

/**
 * What all calls have in common and no decorator says: fields that are not known are refused, as are those that every object
 * has, and where every field of a body may be left out, the body may be.
 */
export function strictRequests(paths: Record<string, Json>, schemas: Json): void {
  for (const { operation } of operationsOf(paths)) {
    const body = operation['requestBody'] as
      | { required?: boolean; content: Record<string, { schema?: Json }> }
      | undefined;
    for (const { schema } of Object.values(body?.content ?? {})) {
      const fields = close(schema, schemas, new Set());
      if (body && fields && ((fields['required'] as string[] | undefined) ?? []).length === 0) body.required = false;
    }
  }
}

/** Closes a schema and whatever it is made of; answers the one that it leads to. */
function close(schema: unknown, schemas: Json, seen: Set<string>): Json | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { $ref, properties, items } = schema as { $ref?: string; properties?: Json; items?: unknown };
  if ($ref?.startsWith(REF)) {
    const name = $ref.slice(REF.length);
    if (seen.has(name)) return undefined;
    seen.add(name);
    return close(schemas[name], schemas, seen);
  }
  close(items, schemas, seen);
  for (const property of Object.values(properties ?? {})) close(property, schemas, seen);
  if (properties) (schema as Json)['additionalProperties'] ??= false;
  if ((schema as Json)['additionalProperties'] === true)
    (schema as Json)['propertyNames'] = { not: { enum: OF_EVERY_OBJECT } };
  return schema as Json;
}
