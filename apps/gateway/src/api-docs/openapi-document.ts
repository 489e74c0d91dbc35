export type Json = Record<string, unknown>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** Every operation of a document's `paths`. */
export function* operationsOf(
  paths: Record<string, Json>,
): Generator<{ path: string; method: string; operation: Json }> {
  for (const [path, item] of Object.entries(paths))
    for (const method of METHODS) if (item[method]) yield { path, method, operation: item[method] as Json };
}

/** A copy in which each object was passed through `change`, the innermost first. */
export function mapObjects(value: unknown, change: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapObjects(item, change)])));
}

/** `nullable` is a word of OpenAPI 3.0; in 3.1 null is a type like any other. */
export function asOpenApi31(document: unknown): unknown {
  return mapObjects(document, (object) => {
    if (typeof object['nullable'] !== 'boolean') return object;
    const { nullable, ...schema } = object;
    return nullable ? orNull(schema) : schema;
  });
}

function orNull(schema: Json): Json {
  const { type, allOf, $ref, enum: values } = schema;
  if (typeof type === 'string' && !allOf) {
    return { ...schema, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
  }
  if ($ref !== undefined) return { oneOf: [{ $ref }, { type: 'null' }] };
  if (!Array.isArray(allOf)) return schema;
  const { allOf: _moved, type: _object, ...rest } = schema;
  return { ...rest, oneOf: [allOf.length === 1 ? allOf[0] : { allOf }, { type: 'null' }] };
}
