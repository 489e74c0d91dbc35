import { expect, it } from 'vitest';
import { fieldsOf, type BodySchema } from './fields.js';

it('lists the fields of a body with those inside them', () => {
  const release: BodySchema = {
    properties: {
      id: { type: 'string', format: 'uuid', description: 'Which one' },
      share: { type: 'integer', minimum: 0, maximum: 100 },
    },
    required: ['id'],
  };
  const schema: BodySchema = {
    required: ['type', 'release'],
    properties: { type: { const: 'release.created' }, release: { type: 'object', ...release } },
  };
  expect(fieldsOf(schema)).toEqual([
    { path: 'type', type: '"release.created"', required: true, meaning: undefined },
    { path: 'release', type: 'object', required: true, meaning: undefined },
    { path: 'release.id', type: 'string (uuid)', required: true, meaning: 'Which one' },
    { path: 'release.share', type: 'integer, 0 to 100', required: false, meaning: undefined },
  ]);
});

it.each<[BodySchema, string]>([
  [{ type: 'boolean' }, 'boolean'],
  [{ type: 'string', maxLength: 64 }, 'string, at most 64 characters'],
  [{ type: 'integer', minimum: 1 }, 'integer'],
  [{ enum: ['test', 'prod'] }, '"test" | "prod"'],
  [{ anyOf: [{ type: 'null' }, { type: 'string', format: 'uuid' }] }, 'string (uuid) or null'],
  [{}, 'any'],
])('says the type of %j', (schema, type) => {
  expect(fieldsOf({ properties: { one: schema } })[0]).toMatchObject({ type });
});

it('looks into what may be null', () => {
  const schema: BodySchema = {
    properties: {
      previous: { anyOf: [{ type: 'null' }, { type: 'object', properties: { rollout: { type: 'integer' } } }] },
    },
  };
  expect(fieldsOf(schema).map(({ path, type }) => [path, type])).toEqual([
    ['previous', 'object or null'],
    ['previous.rollout', 'integer'],
  ]);
});
