import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { buildLedgerEntry } from '../../apps/delivery/src/ledger/build-ledger-entry.suite.js';
import { makeKnown, startLedgerApi, type LedgerApi } from '../../apps/delivery/src/ledger/ledger-api.suite.js';
import { Random } from '../chaos/load/random.js';

interface Shown {
  health: string;
  counts: Record<string, number>;
  recipients: { unconfirmed: number } | null;
}
type NeedsAttention = (of: Shown & { enabled: boolean }) => boolean;

/** Not by a static import: the console is compiled for a browser. */
const CONSOLE_RULE = new URL('../../apps/console/src/components/attention.ts', import.meta.url).pathname;
const MANY = 200;
const SEED = 12;

let api: LedgerApi;
let needsAttention: NeedsAttention;
beforeAll(async () => {
  api = await startLedgerApi();
  ({ needsAttention } = (await import(CONSOLE_RULE)) as { needsAttention: NeedsAttention });
});
afterAll(() => api?.close());

const likely = (random: Random, share: number): boolean => random.next() < share;

/** A destination in any state, alone in its organization. */
async function anyDestination(random: Random): Promise<{ id: string; organizationId: string; enabled: boolean }> {
  const [id, organizationId, enabled] = [uuidv7(), `org-${uuidv7()}`, likely(random, 0.5)];
  const provider = random.oneOf(['slack', 'webhook', 'email'] as const);
  makeKnown(api.integrations, organizationId, id, { provider, enabled });
  const health = random.oneOf([undefined, 'unknown', 'healthy', 'failing', 'needs_reconnect']);
  if (health !== undefined)
    await insert('destinations', { integration_id: id, organization_id: organizationId, health });
  for (const status of ['delivered', 'pending', 'retrying', 'dead', 'held', 'dropped'] as const)
    if (likely(random, 0.15)) {
      const attempt = status === 'pending' || status === 'held' ? null : undefined;
      const of = { organizationId, integrationId: id, status, attempt, test: likely(random, 0.3) };
      await api.ledger.record(buildLedgerEntry(of));
    }
  if (provider === 'email') await anyRecipients(random, id, organizationId);
  return { id, organizationId, enabled };
}

async function anyRecipients(random: Random, id: string, organizationId: string): Promise<void> {
  const list = { integration_id: id, organization_id: organizationId, version: 1, credentials_version: 1 };
  await insert('mail_lists', list);
  for (let n = random.between(0, 2); n > 0; n -= 1) {
    const [recipient, person] = [randomBytes(8), randomBytes(8)];
    await insert('mail_recipients', { integration_id: id, recipient, person });
    if (likely(random, 0.2)) await insert('mail_unsubscribes', { integration_id: id, recipient });
    if (likely(random, 0.6)) await insert('mail_confirmations', { person, confirmed_at: new Date() });
  }
}

function insert(table: string, row: Record<string, unknown>): Promise<unknown> {
  const places = Object.keys(row).map((_, at) => `$${at + 1}`);
  const statement = `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${places.join()})`;
  return api.dataSource.query(statement, Object.values(row));
}

describe('the rule of which destinations need attention', () => {
  it(`says the same in the console and in the ledger, of ${MANY} destinations in any state`, async () => {
    const random = new Random(SEED);
    const verdicts: boolean[] = [];
    for (let n = 0; n < MANY; n += 1) {
      const { id, organizationId, enabled } = await anyDestination(random);
      const { body: counted } = await api.call<{ count: number }>(organizationId, '/api/v1/deliveries/attention');
      const { body } = await api.call<{ items: [Shown] }>(organizationId, `/internal/v1/destinations?ids=${id}`);
      const [shown] = body.items;
      const verdict = needsAttention({ ...shown, enabled });
      expect({ of: shown, enabled, inNeed: counted.count }).toEqual({ of: shown, enabled, inNeed: Number(verdict) });
      verdicts.push(verdict);
    }
    expect(new Set(verdicts)).toEqual(new Set([true, false])); // else it would have compared nothing
  });
});
