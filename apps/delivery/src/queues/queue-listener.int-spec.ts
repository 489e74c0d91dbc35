import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '#libs/observability';
import { eventually } from '../../../../test/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { QUEUE_CHANNEL } from '../ledger/queue-events.js';
import { QueueListener } from './queue-listener.service.js';

let database: TestDatabase;
let other: Client;
let listener: QueueListener;
let queued: string[];
let lines: string[];
beforeEach(async () => {
  database = await createTestDatabase('listener');
  other = new Client({ connectionString: database.url });
  await other.connect();
  queued = [];
  lines = [];
  const logger = createLogger('test', 'info', { write: (line) => void lines.push(line) });
  listener = new QueueListener({ databaseUrl: database.url }, logger, { queued: (id) => void queued.push(id) });
  await listener.onApplicationBootstrap();
});
afterEach(async () => {
  await listener.onApplicationShutdown();
  await other.end();
  await database.drop();
});

const notify = (id: string): Promise<unknown> => other.query('SELECT pg_notify($1, $2)', [QUEUE_CHANNEL, id]);

describe('the listener for queued deliveries', () => {
  it('is notified of the integration that another instance has queued something for', async () => {
    await notify('one');
    await notify('two');
    await eventually(() => expect(queued).toEqual(['one', 'two']));
  });

  it('listens again after its connection was lost', async () => {
    await other.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'nitropush-delivery-listener'`,
    );
    await eventually(async () => {
      await notify('after');
      expect(queued).toContain('after');
    });
    expect(lines.join('')).toContain('queue-listener.lost');
  });
});
