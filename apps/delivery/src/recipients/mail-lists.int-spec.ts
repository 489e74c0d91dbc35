import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { createLogger } from '#libs/observability';
import { eventually } from '../../../../test/support/eventually.js';
import { startLedgerApi, type LedgerApi } from '../ledger/ledger-api.suite.js';
import { buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import { MailListsQueries, type ListedRecipient } from './mail-lists.queries.js';
import { MailLists } from './mail-lists.service.js';

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

it('takes a list again that was saved while it was being read', async () => {
  const id = uuidv7();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const read: number[] = [];
  const reader = {
    listed: async ({ credentialsVersion }: { credentialsVersion: number }): Promise<ListedRecipient[]> => {
      read.push(credentialsVersion);
      if (read.length === 1) await held;
      return [{ recipient: randomBytes(16), person: randomBytes(16) }];
    },
  };
  const queries = new MailListsQueries(api.dataSource);
  const logger = createLogger('test', 'error');
  const lists = new MailLists(queries, reader, api.integrations, { emailConfirmRecipients: true }, logger);
  lists.onModuleInit();
  const save = (version: number): void => {
    const state = buildIntegrationState({ id, provider: 'email', version, credentialsVersion: version });
    api.integrations.apply({ key: id, headers: {}, value: Buffer.from(JSON.stringify(state)) });
  };
  save(1);
  await eventually(() => expect(read).toEqual([1]));
  save(2);
  release();
  await eventually(async () => expect(await queries.versions([id])).toEqual(new Map([[id, 2]])));
  await lists.beforeApplicationShutdown();
});
