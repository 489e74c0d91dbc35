import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERED_TYPES } from '#libs/contracts';
import { Upstream, newSigningKey, startGateway, type Gateway } from '../gateway.suite.js';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; security?: unknown[]; responses: object }>>;
  components: { schemas: Record<string, { properties: Record<string, object> }>; securitySchemes: object };
}

/** What a service says of itself at /openapi.json, in short. */
function documentOf(path: string, schemas: object, operation: object = {}): string {
  const answer = {
    description: 'The thing',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
  };
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'A service', version: '1' },
    paths: {
      [path]: { get: { operationId: 'list', tags: ['Things'], responses: { 200: answer }, ...operation } },
      '/internal/state': { get: { operationId: 'state', responses: { 200: { description: 'State' } } } },
    },
    components: { schemas },
  });
}

const thing = (property: string): object => ({
  type: 'object',
  properties: { [property]: { type: 'string', nullable: true }, kind: { type: 'string', enum: ['a'], nullable: true } },
});

let services: Upstream[];
let gateway: Gateway;

beforeAll(async () => {
  services = await Promise.all([Upstream.start(), Upstream.start(), Upstream.start()]);
  const [releases, integrations, delivery] = services as [Upstream, Upstream, Upstream];
  releases.handle = (_request, response) =>
    void response.end(documentOf('/api/v1/projects', { Thing: thing('name'), Shared: thing('x') }));
  integrations.handle = (_request, response) =>
    void response.end(
      documentOf(
        '/api/v1/oauth/{provider}/callback',
        { Thing: thing('label'), Shared: thing('x') },
        {
          parameters: [{ name: 'provider', in: 'path', required: true, schema: { type: 'string' } }],
        },
      ),
    );
  delivery.handle = (_request, response) => void response.writeHead(503).end('{}');
  gateway = await startGateway({
    AUTH_LOCAL_SIGNING_KEY: JSON.stringify(await newSigningKey()),
    RELEASES_URL: releases.url,
    INTEGRATIONS_URL: integrations.url,
    DELIVERY_URL: delivery.url,
  });
});

afterAll(async () => {
  await gateway.app.close();
  await Promise.all(services.map((service) => service.stop()));
});

const fetchDocument = (): Promise<Response> => fetch(`${gateway.origin}/api/openapi.json`);

describe('the document of the whole API', () => {
  it('waits for the last service, and asks none twice', async () => {
    const early = await fetchDocument();
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2']);
    services[2]!.handle = (_request, response) =>
      void response.end(documentOf('/api/v1/deliveries', { Thing: thing('name') }));
    expect((await fetchDocument()).status).toBe(200);
    expect((await fetchDocument()).status).toBe(200);
    expect(services.map(({ asked }) => asked.length)).toEqual([1, 1, 2]);
  });

  it('is valid OpenAPI 3.1', async () => {
    const document = (await (await fetchDocument()).json()) as Document;
    expect(await new Validator().validate({ ...document })).toMatchObject({ valid: true });
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document)).not.toContain('nullable');
    expect(document.components.schemas['Thing']?.properties).toMatchObject({
      name: { type: ['string', 'null'] },
      kind: { type: ['string', 'null'], enum: ['a', null] },
    });
  });

  it('has the public calls of all, each with a name of its own, and the gateway’s', async () => {
    const { paths, components } = (await (await fetchDocument()).json()) as Document;
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v1/auth/dev-token',
      '/api/v1/deliveries',
      '/api/v1/oauth/{provider}/callback',
      '/api/v1/projects',
    ]);
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(paths['/api/v1/projects']?.['get']?.operationId).toBe('listProjects');
    for (const { responses } of operations) expect(JSON.stringify(responses)).toContain('#/components/schemas/Problem');
    expect(Object.keys(components.securitySchemes)).toEqual(['bearer']);
  });

  it('has what webhooks are posted, for each type of event, with its fields', async () => {
    const document = (await (await fetchDocument()).json()) as Document & { webhooks: Record<string, unknown> };
    expect(Object.keys(document.webhooks)).toEqual([...DELIVERED_TYPES]);
    const fieldsOf = (type: string): unknown =>
      (document.webhooks[type] as { post: { requestBody: { content: Record<string, { schema: unknown }> } } }).post
        .requestBody.content['application/json']!.schema;
    expect(fieldsOf('release.promoted')).toMatchObject({
      required: ['type', 'timestamp', 'test', 'data'],
      properties: {
        type: { const: 'release.promoted' },
        data: { properties: { eventId: {}, release: { properties: { version: { maxLength: 64 } } } } },
      },
    });
    expect(fieldsOf('destination.failing')).toMatchObject({
      properties: { data: { required: expect.arrayContaining(['eventId', 'destination', 'reason']) as unknown } },
    });
  });

  it('says which calls need no token', async () => {
    const { paths } = (await (await fetchDocument()).json()) as Document;
    expect(paths['/api/v1/auth/dev-token']?.['post']?.security).toEqual([]);
    expect(paths['/api/v1/oauth/{provider}/callback']?.['get']?.security).toEqual([]);
    expect(paths['/api/v1/projects']?.['get']?.security).toBeUndefined();
  });

  it('shares equal schemas and keeps unequal ones apart', async () => {
    const { paths, components } = (await (await fetchDocument()).json()) as Document;
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['Thing', 'IntegrationsThing', 'Shared']));
    expect(Object.keys(components.schemas)).not.toContain('DeliveryThing');
    expect(components.schemas['IntegrationsThing']?.properties).toHaveProperty('label');
    expect(JSON.stringify(paths['/api/v1/oauth/{provider}/callback'])).toContain('schemas/IntegrationsThing');
  });
});
