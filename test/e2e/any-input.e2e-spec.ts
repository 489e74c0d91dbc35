import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Api, stack } from './support/api.js';

interface Operation {
  method: string;
  path: string;
  /** Its body's schema, with everything that it refers to in `document`. */
  body?: Schema;
  query: string[];
}
interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
}
interface Parameter {
  in: string;
  name: string;
}
interface Document {
  paths: Record<
    string,
    Record<string, { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }>
  >;
  components: { schemas: Record<string, Schema> };
}

/** Of each operation; all of it takes about a minute on a busy machine. */
const RUNS = 25;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** It never ends, and the way back from a provider is for browsers. */
const LEFT_OUT = /\/stream$|\/callback$/;

let api: Api;
let document: Document;
let operations: Operation[];

beforeAll(async () => {
  api = await Api.signIn();
  document = (await (await fetch(`${stack().gatewayUrl}/api/openapi.json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      body: requestBody?.content['application/json']?.schema,
      query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    })),
  );
  operations = operations.filter(({ path }) => !LEFT_OUT.test(path));
});

const pathOf = (path: string): string => path.replace(/\{[^}]+\}/g, () => randomUUID());
const fieldsOf = (schema: Schema | undefined): string[] => {
  const target = schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!] : schema;
  return Object.keys(target?.properties ?? {});
};

async function answerTo(
  method: string,
  url: string,
  body?: string,
): Promise<{ status: number; problem: boolean; allow: string | null }> {
  const response = await fetch(stack().gatewayUrl + url, {
    method,
    body,
    headers: {
      authorization: `Bearer ${api.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  });
  await response.arrayBuffer();
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  return { status: response.status, problem, allow: response.headers.get('allow') };
}

/** A refusal is a problem document, and no input is a fault of ours. */
function expectOrderly({ status, problem }: { status: number; problem: boolean }): void {
  expect(status).toBeLessThan(500);
  if (status >= 400) expect(problem).toBe(true);
}

describe('any input', () => {
  it('in a body is taken or refused', { timeout: 600_000 }, async () => {
    for (const { method, path, body } of operations.filter((operation) => operation.body !== undefined)) {
      const field = fc.constantFrom(...fieldsOf(body), '__proto__', 'constructor', 'toString', '');
      const input = fc.oneof(
        fc.dictionary(field, fc.jsonValue({ maxDepth: 3 })),
        fc.jsonValue({ maxDepth: 4 }),
        fc.dictionary(field, fc.string({ unit: 'binary', maxLength: 300 })),
      );
      const refusesMore = async (value: unknown): Promise<void> => {
        const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
        expectOrderly(await answerTo(method, pathOf(path), text));
      };
      await fc.assert(fc.asyncProperty(input, refusesMore), { numRuns: RUNS });
      const surplus = await answerTo(method, pathOf(path), JSON.stringify({ surplus: 1 }));
      expect([path, surplus.status]).toEqual([path, 400]);
    }
  });

  it('in a query is taken or refused', { timeout: 600_000 }, async () => {
    for (const { method, path, query } of operations.filter((operation) => operation.method === 'GET')) {
      const name = fc.constantFrom(...query, '__proto__', 'a[b][c]', '');
      const pairs = fc.array(fc.tuple(name, fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 6 });
      const isOrderly = async (values: [string, string][]): Promise<void> => {
        expectOrderly(await answerTo(method, `${pathOf(path)}?${new URLSearchParams(values).toString()}`));
      };
      await fc.assert(fc.asyncProperty(pairs, isOrderly), { numRuns: RUNS });
    }
  });

  it('as a method is one of those that the address takes, or refused with them', async () => {
    const takes = new Map(operations.map(({ path }) => [path, operations.filter((one) => one.path === path)]));
    for (const [path, known] of takes) {
      const methods = known.map(({ method }) => method);
      for (const method of METHODS.filter((other) => !methods.includes(other))) {
        const { status, allow } = await answerTo(method, pathOf(path));
        expect([method, path, status]).toEqual([method, path, 405]);
        expect(allow?.split(', ')).toEqual(expect.arrayContaining(methods));
      }
    }
  });
});
