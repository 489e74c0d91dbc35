import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './client.js';
import type { Evidence, LedgerAttempt, LedgerRow, ListedRelease } from './evidence.js';
import type { Organization } from './organization.js';

const LOOK_MS = 1_000;

/** What the ledger's summary says; undefined where it cannot be asked. */
async function open(client: Client): Promise<Record<string, number> | undefined> {
  const { status, body } = await client.call('GET', '/deliveries/summary');
  return status === 200 ? (body as { totals: Record<string, number> }).totals : undefined;
}

/**
 * Puts everything right, resends what is dead or held, and waits until nothing is open and `complete` says that everything
 * arrived. Answers after how many ms that was; undefined where less had not become open for `withinMs`: a machine that has
 * other things to do takes its time, and that is no fault.
 */
export async function settle(
  { client, organization }: { client: Client; organization: Organization },
  complete: () => Promise<boolean>,
  withinMs: number,
): Promise<number | undefined> {
  const began = Date.now();
  let right = false;
  let least = Infinity;
  let better = began;
  while (Date.now() - better < withinMs) {
    right ||= await organization.putRight();
    const totals = right ? await open(client) : undefined;
    if (totals) {
      const { pending = 0, retrying = 0, dead = 0, held = 0 } = totals;
      const left = pending + retrying + dead + held;
      if (left === 0 && (await complete())) return Date.now() - began;
      if (left < least) [least, better] = [left, Date.now()];
      if (dead + held > 0) await resend(client);
    }
    await wait(LOOK_MS); // nothing announces that all is quiet
  }
  return undefined;
}

/** Of every integration, also of one whose creation was never answered. */
async function resend(client: Client): Promise<void> {
  const { status, body } = await client.call('GET', '/integrations?limit=100');
  if (status !== 200) return;
  for (const { id } of (body as { items: { id: string }[] }).items)
    await client.call('POST', '/deliveries/redeliver', { integrationId: id, statuses: ['dead', 'held'] });
}

/** Both lists of the API, whole. */
export async function listed(client: Client, projectIds: string[]): Promise<Pick<Evidence, 'releases' | 'ledger'>> {
  const releases: ListedRelease[] = [];
  for (const id of projectIds) releases.push(...(await client.all<ListedRelease>(`/projects/${id}/releases?`)));
  return { releases, ledger: await client.all<LedgerRow>('/deliveries?') };
}

/** What the ledger has of each. @throws where one is not answered with a success */
export async function attemptsOf(client: Client, deliveryIds: string[]): Promise<LedgerAttempt[]> {
  const attempts: LedgerAttempt[] = [];
  for (const deliveryId of deliveryIds) {
    const { status, body, fault } = await client.call('GET', `/deliveries/${deliveryId}`);
    if (status !== 200) throw new Error(`GET /deliveries/${deliveryId} answered ${status ?? fault}`);
    const listed = (body as { attempts: (Omit<LedgerAttempt, 'startedAt'> & { startedAt: string })[] }).attempts;
    for (const { round, number, outcome, statusCode, startedAt } of listed)
      attempts.push({ deliveryId, round, number, outcome, statusCode, startedAt: Date.parse(startedAt) });
  }
  return attempts;
}
