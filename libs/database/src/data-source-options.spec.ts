import { expect, test } from 'vitest';
import { dataSourceOptions } from './data-source-options.js';
import { PoolClient } from './pool-client.js';
import { createLogger } from '#libs/observability';

test('TypeORM drives the pg that our client is made of', () => {
  const logger = createLogger('test', 'info', { write: () => undefined });
  const options = dataSourceOptions({ url: '', poolSize: 1, service: 'test', entities: [], migrations: [], logger });
  expect(options).toMatchObject({ driver: { Client: Object.getPrototypeOf(PoolClient) as unknown } });
});
