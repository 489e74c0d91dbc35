/** As much of JSON Schema as the bodies of events use. */
export interface BodySchema {
  type?: string;
  const?: string;
  enum?: string[];
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  description?: string;
  properties?: Record<string, BodySchema>;
  required?: string[];
  anyOf?: BodySchema[];
}

export interface Field {
  /** With dots, as one reads it out of the body. */
  path: string;
  /** For a person: `string (uuid) or null`. */
  type: string;
  required: boolean;
  /** Left out for a part that only holds others. */
  meaning: string | undefined;
}

/** The fields of a body with those inside them, in the order that they are sent in. */
export const fieldsOf = ({ properties = {}, required = [] }: BodySchema, inside = ''): Field[] =>
  Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${inside}${name}`;
    const field = {
      path,
      type: typeOf(schema),
      required: required.includes(name),
      meaning: schema.description,
    };
    const parts = schema.anyOf ?? [schema];
    return [field, ...parts.flatMap((part) => fieldsOf(part, `${path}.`))];
  });

function typeOf(schema: BodySchema): string {
  if (schema.const !== undefined) return `"${schema.const}"`;
  if (schema.enum) return schema.enum.map((value) => `"${value}"`).join(' | ');
  if (schema.anyOf) return [...schema.anyOf].sort(nullLast).map(typeOf).join(' or ');
  const { type = 'any', format, minimum, maximum, maxLength } = schema;
  if (format !== undefined) return `${type} (${format})`;
  if (maximum !== undefined) return `${type}, ${minimum ?? 0} to ${maximum}`;
  return maxLength === undefined ? type : `${type}, at most ${maxLength} characters`;
}

const nullLast = (one: BodySchema, other: BodySchema): number =>
  Number(one.type === 'null') - Number(other.type === 'null');
