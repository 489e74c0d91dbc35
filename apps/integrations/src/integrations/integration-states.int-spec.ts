import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTEGRATION_STATE, STATE_COMPLETE_KEY, parseEvent, uuidv7, type IntegrationState } from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import { buildWebhook, startIntegrations, type IntegrationsApi } from '../integrations-api.suite.js';
import { integrationStates, type IntegrationStates } from './integration-states.js';
import { inBackground } from '../../../../test/support/in-background.js';

let api: IntegrationsApi;
let states: IntegrationStates;
beforeAll(async () => {
  api = await startIntegrations({ KAFKA_BROKERS: '127.0.0.1:1' }); // the topic is what a test says that it is
  states = integrationStates(api.dataSource);
});
afterAll(() => api?.close());

interface Backup {
  id: string;
  row: Record<string, unknown>;
}

async function created(url = 'https://hooks.example.com/a'): Promise<string> {
  const body = buildWebhook({ credentials: { url } });
  const answer = await api.call<{ id: string }>('acme', 'POST /integrations', { body });
  expect(answer.status).toBe(201);
  return answer.body.id;
}
const saved = async (id: string, url: string): Promise<void> => {
  const answer = await api.call('acme', `PATCH /integrations/${id}`, { body: { credentials: { url } } });
  expect(answer.status).toBe(200);
};
/** The state that was published last: here it waits in the outbox. */
async function published(id: string): Promise<IntegrationState> {
  const [row] = await api.dataSource.query<{ value: string }[]>(
    'SELECT value FROM outbox WHERE key = $1 ORDER BY id DESC LIMIT 1',
    [id],
  );
  return JSON.parse(row!.value) as IntegrationState;
}
async function backup(id: string): Promise<Backup> {
  const [row] = await api.dataSource.query<[Record<string, unknown>]>('SELECT * FROM integrations WHERE id = $1', [id]);
  return { id, row };
}
async function restore({ id, row }: Backup): Promise<void> {
  await api.dataSource.query('DELETE FROM integrations WHERE id = $1', [id]);
  await api.dataSource.query('INSERT INTO integrations SELECT * FROM json_populate_record(null::integrations, $1)', [
    JSON.stringify(row),
  ]);
}
const record = (state: unknown) => ({
  topic: INTEGRATION_STATE.topic,
  headers: {},
  value: typeof state === 'string' ? Buffer.from(state) : Buffer.from(JSON.stringify(state)),
});
/** What the owner publishes where the topic shows these. */
const repaired = (...onTopic: [id: string, state: unknown][]): Promise<OutboxMessage[]> => repairedOf(false, onTopic);
const repairedOf = (complete: boolean, onTopic: [id: string, state: unknown][]): Promise<OutboxMessage[]> =>
  api.dataSource.transaction((manager) =>
    states.repair(
      manager,
      onTopic.map(([id]) => id),
      new Map(onTopic.filter(([, state]) => state !== null).map(([id, state]) => [id, states.seen(record(state))])),
      () => complete,
    ),
  );
const stateIn = ({ value }: OutboxMessage): IntegrationState => parseEvent(INTEGRATION_STATE, record(value));
const opened = ({ id, organizationId, credentials, credentialsVersion, sealedVersion }: IntegrationState) =>
  api.opener.open(
    { organizationId, integrationId: id, purpose: 'credentials', version: sealedVersion ?? credentialsVersion },
    credentials,
  );

describe('what the topic has to show of an integration', () => {
  it('is nothing else than what was published of it, whatever order its fields have', async () => {
    const id = await created();
    const state = await published(id);
    const { signingSecrets, name, ...rest } = state;
    const [row] = await states.page(undefined, 1_000).then((rows) => rows.filter((one) => one.id === id));
    expect(states.agrees(row!, states.seen(record({ signingSecrets, name, ...rest, laterField: 1 }))!)).toBe(true);
    expect(await repaired([id, { signingSecrets, ...rest, name }])).toEqual([]);
    expect(await repaired([id, { ...state, name: 'another' }])).toHaveLength(1);
  });

  it('grows past what it shows after a restore: the restored credentials are sent, and open', async () => {
    const id = await created('https://hooks.example.com/old');
    const earlier = await backup(id);
    for (const n of [1, 2, 3]) await saved(id, `https://hooks.example.com/new-${n}`);
    const ahead = await published(id);
    expect(ahead).toMatchObject({ version: 4, credentialsVersion: 4 });
    await restore(earlier);
    const [message, ...others] = await repaired([id, ahead]);
    expect(others).toEqual([]);
    const state = stateIn(message!);
    expect(state).toMatchObject({ version: 5, credentialsVersion: 5, sealedVersion: 1 });
    expect(await opened(state)).toMatchObject({ url: 'https://hooks.example.com/old' });
    expect(await repaired([id, state])).toEqual([]);

    await saved(id, 'https://hooks.example.com/newest');
    const next = await published(id);
    expect(next).toMatchObject({ version: 6, credentialsVersion: 6 });
    expect(next).not.toHaveProperty('sealedVersion');
    expect(await opened(next)).toMatchObject({ url: 'https://hooks.example.com/newest' });
  });

  it('keeps the version of credentials that are the same after a restore', async () => {
    const id = await created();
    const earlier = await backup(id);
    expect((await api.call('acme', `PATCH /integrations/${id}`, { body: { enabled: false } })).status).toBe(200);
    const ahead = await published(id);
    await restore(earlier);
    const [message] = await repaired([id, ahead]);
    expect(stateIn(message!)).toMatchObject({ version: 3, credentialsVersion: 1, enabled: true });
    expect(stateIn(message!)).not.toHaveProperty('sealedVersion');
  });

  it('is a tombstone where its row is gone, and the row as it is where the topic has nothing', async () => {
    const [id, gone] = [await created(), uuidv7()];
    const state = await published(id);
    const messages = await repaired([id, null], [gone, { ...state, id: gone }], ['no id at all', 'no state']);
    expect(messages.map(({ key, value }) => [key, value === null])).toEqual([
      [id, false],
      [gone, true],
      ['no id at all', true],
    ]);
    expect(stateIn(messages[0]!)).toEqual(state);
  });

  it('came late where the topic was said to be complete, and lacks the integration or its last version', async () => {
    const [made, changed, restored, old] = [await created(), await created(), await created(), await created()];
    const [before, ahead] = [await published(changed), { ...(await published(restored)), version: 9 }];
    await saved(changed, 'https://hooks.example.com/b');
    await api.dataSource.query(`UPDATE integrations SET updated_at = now() - interval '61 minutes' WHERE id = $1`, [
      old,
    ]);
    const onTopic: [string, unknown][] = [
      [made, null],
      [changed, before],
      [restored, ahead],
      [old, null],
    ];
    const late = (messages: OutboxMessage[]): string[] =>
      messages.filter(({ headers }) => headers['np-saved-at'] !== undefined).map(({ key }) => key);
    const messages = await repairedOf(true, onTopic);
    expect(late(messages).toSorted()).toEqual([made, changed].toSorted());
    const [row] = await states.page(undefined, 1_000).then((rows) => rows.filter(({ id }) => id === made));
    const { headers } = messages.find(({ key }) => key === made)!;
    expect(headers['np-saved-at']).toBe(String(row!.updatedAt.getTime()));
    expect(late(await repairedOf(false, onTopic))).toEqual([]);
  });

  it('is known for a record that cannot be read', async () => {
    const id = await created();
    expect(states.seen(record('no state'))).toBeUndefined();
    expect(await repaired([id, 'no state'])).toHaveLength(1);
  });

  it('waits for a change that holds the row, and goes by what that left', async () => {
    const id = await created();
    const before = await published(id);
    const changing = api.dataSource.createQueryRunner();
    await changing.startTransaction();
    await changing.query('UPDATE integrations SET name = $2, version = version + 1 WHERE id = $1', [id, 'changed']);
    const repairing = inBackground(repaired([id, { ...before, version: 9 }]));
    await changing.commitTransaction();
    await changing.release();
    expect(stateIn((await repairing)[0]!)).toMatchObject({ name: 'changed', version: 10 });
  });
});

it('the mark of a complete topic is no integration', () => {
  expect(states.seen(record({ records: 1, at: new Date().toISOString() }))).toBeUndefined();
  expect(STATE_COMPLETE_KEY).not.toMatch(/^[0-9a-f-]{36}$/);
});
