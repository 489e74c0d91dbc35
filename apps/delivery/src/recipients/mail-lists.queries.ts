import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { IntegrationState } from '#libs/contracts';
import { notifyQueued } from '../ledger/queue-statements.js';
import { REQUEUE } from '../ledger/queue.js';

/** A recipient of an integration, by two hashes: within the integration, and within its organization. */
export interface ListedRecipient {
  recipient: Buffer;
  person: Buffer;
}

type OfList = Pick<IntegrationState, 'id' | 'organizationId' | 'version' | 'credentialsVersion'>;

const CHUNK = 1_000;
/** An attempt that found nobody a moment before may reach the ledger a moment later. */
const SETTLED = `interval '1 minute'`;

/** An address is asked no more often, by all organizations together. */
export const ASK_EVERY = `interval '1 hour'`;

/** What is kept of the lists of email integrations. */
@Injectable()
export class MailListsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Of which credentials the list of each of them was read last; those that were never read are left out. */
  async versions(integrationIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; version: number }[]>(
      'SELECT integration_id AS id, credentials_version AS version FROM mail_lists WHERE integration_id = ANY($1)',
      [integrationIds],
    );
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  async forget(integrationIds: readonly string[]): Promise<void> {
    await this.dataSource.query('DELETE FROM mail_lists WHERE integration_id = ANY($1)', [integrationIds]);
  }

  /**
   * Takes in the list of an integration, unless a newer one was taken in. Who is on it counts as confirmed where nobody
   * has to confirm, and where the integration is older than confirmations are; the others are to be asked.
   */
  take(state: OfList, recipients: readonly ListedRecipient[], required: boolean): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const [list] = await manager.query<{ first: boolean }[]>(
        `WITH taken AS (
           INSERT INTO mail_lists AS l (integration_id, organization_id, version, credentials_version) VALUES ($1, $2, $3, $4)
           ON CONFLICT (integration_id) DO UPDATE SET version = $3, credentials_version = $4
           WHERE l.version < $3 AND l.credentials_version <> $4 RETURNING (xmax = 0) AS first
         ) SELECT first FROM taken`,
        [state.id, state.organizationId, state.version, state.credentialsVersion],
      );
      if (!list) return;
      await replaceRecipients(manager, state.id, recipients);
      const people = recipients.map(({ person }) => person);
      if (!required || (list.first && (await olderThanConfirmations(manager, state.id))))
        await confirm(manager, people);
      else await ask(manager, state.id);
    });
  }

  /** Of which credentials the list was read, and who of these people has confirmed, in hex. */
  async confirmed(
    integrationId: string,
    people: readonly Buffer[],
  ): Promise<{ version: number | null; confirmed: string[] }> {
    const [row] = await this.dataSource.query<[{ version: number | null; confirmed: string[] }]>(
      `SELECT (SELECT credentials_version FROM mail_lists WHERE integration_id = $1) AS version,
         ARRAY(SELECT encode(person, 'hex') FROM mail_confirmations WHERE person = ANY($2) AND confirmed_at IS NOT NULL) AS confirmed`,
      [integrationId, people],
    );
    return row;
  }

  /** The person gets mails, also those that nobody could be sent before: these are to be sent again. */
  confirm(person: Buffer): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await confirm(manager, [person]);
      await manager.query(
        `UPDATE mail_lists SET resend_since = now()
         WHERE integration_id IN (SELECT integration_id FROM mail_recipients WHERE person = $1)`,
        [person],
      );
    });
  }

  /** Lists that somebody has confirmed for a moment ago. */
  async toResend(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'SELECT integration_id AS id FROM mail_lists WHERE resend_since IS NOT NULL',
    );
    return rows.map(({ id }) => id);
  }

  /** Starts a new round for what died because nobody could be mailed to, a chunk at a time. Answers how many there were in this one. */
  requeue(integrationId: string): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const [{ count }] = await manager.query<[{ count: number }]>(
        `WITH dead AS (
           SELECT d.id, d.event_at FROM mail_lists l JOIN deliveries d ON d.integration_id = l.integration_id
           WHERE l.integration_id = $1 AND d.status = 'dead' AND NOT d.test AND d.last_error_code = 'destination_missing'
             AND d.updated_at < l.resend_since + ${SETTLED}
           ORDER BY d.event_at, d.event_id LIMIT ${CHUNK} FOR UPDATE OF d SKIP LOCKED
         ), requeued AS (
           UPDATE deliveries d SET ${REQUEUE}
           FROM dead WHERE d.id = dead.id AND d.event_at = dead.event_at RETURNING 1
         ) SELECT count(*)::int AS count FROM requeued`,
        [integrationId],
      );
      if (count > 0) await notifyQueued(manager, integrationId);
      return count;
    });
  }

  /** What could still have died for the want of a recipient has done so. */
  async resent(integrationIds: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE mail_lists SET resend_since = NULL WHERE integration_id = ANY($1) AND resend_since < now() - 2 * ${SETTLED}`,
      [integrationIds],
    );
  }

  /** Asks those again who have not confirmed. Answers how many are asked, and how many were within the last hour. */
  async askAgain(integrationId: string): Promise<{ count: number; tooSoon: number }> {
    return this.dataSource.transaction(async (manager) => {
      const count = await ask(manager, integrationId);
      const [{ waiting }] = await manager.query<[{ waiting: number }]>(
        `SELECT count(*)::int AS waiting FROM mail_confirmations c WHERE ${UNCONFIRMED}`,
        [integrationId],
      );
      return { count, tooSoon: waiting - count };
    });
  }
}

/** On the list of $1, not off it, and not confirmed. */
const UNCONFIRMED = `c.confirmed_at IS NULL AND c.person IN (
  SELECT r.person FROM mail_recipients r WHERE r.integration_id = $1 AND NOT EXISTS (
    SELECT 1 FROM mail_unsubscribes u WHERE u.integration_id = r.integration_id AND u.recipient = r.recipient))`;

async function replaceRecipients(manager: EntityManager, id: string, list: readonly ListedRecipient[]): Promise<void> {
  const [recipients, people] = [list.map(({ recipient }) => recipient), list.map(({ person }) => person)];
  await manager.query('DELETE FROM mail_recipients WHERE integration_id = $1 AND recipient <> ALL($2::bytea[])', [
    id,
    recipients,
  ]);
  await manager.query(
    `INSERT INTO mail_recipients (integration_id, recipient, person)
     SELECT $1, u.recipient, u.person FROM unnest($2::bytea[], $3::bytea[]) AS u(recipient, person) ON CONFLICT DO NOTHING`,
    [id, recipients, people],
  );
  await manager.query('INSERT INTO mail_confirmations (person) SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING', [
    people,
  ]);
}

async function confirm(manager: EntityManager, people: readonly Buffer[]): Promise<void> {
  await manager.query(
    `INSERT INTO mail_confirmations AS c (person, confirmed_at) SELECT unnest($1::bytea[]), now()
     ON CONFLICT (person) DO UPDATE SET confirmed_at = coalesce(c.confirmed_at, now()), due_at = NULL`,
    [people],
  );
}

async function ask(manager: EntityManager, integrationId: string): Promise<number> {
  const [{ count }] = await manager.query<[{ count: number }]>(
    `WITH asked AS (
       UPDATE mail_confirmations c SET due_at = now()
       WHERE ${UNCONFIRMED} AND (c.asked_at IS NULL OR c.asked_at <= now() - ${ASK_EVERY}) RETURNING 1
     ) SELECT count(*)::int AS count FROM asked`,
    [integrationId],
  );
  return count;
}

/** An id tells when it was made (RFC 9562, 5.7). */
async function olderThanConfirmations(manager: EntityManager, id: string): Promise<boolean> {
  const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const [{ older }] = await manager.query<[{ older: boolean }]>(
    'SELECT to_timestamp($1::float8 / 1000) < began_at AS older FROM mail_confirmation_start',
    [madeAt],
  );
  return older;
}
