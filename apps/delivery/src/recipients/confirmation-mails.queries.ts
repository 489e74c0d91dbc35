import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ASK_EVERY } from './mail-lists.queries.js';

/** Somebody who is to be asked, and the list by which their address is found; none where they are on no list any more. */
export interface DueConfirmation {
  person: Buffer;
  integrationId: string | null;
  organizationId: string | null;
}

const AT_ONCE = 50;

/** Who is to be asked when. A mail that may have gone counts as one, so that nobody gets two in an hour. */
@Injectable()
export class ConfirmationMailsQueries {
  constructor(private readonly dataSource: DataSource) {}

  due(): Promise<DueConfirmation[]> {
    return this.dataSource.query<DueConfirmation[]>(
      `SELECT c.person, l.integration_id AS "integrationId", l.organization_id AS "organizationId" FROM mail_confirmations c
       LEFT JOIN LATERAL (
         SELECT l.integration_id, l.organization_id FROM mail_recipients r JOIN mail_lists l USING (integration_id)
         WHERE r.person = c.person AND NOT EXISTS (
           SELECT 1 FROM mail_unsubscribes u WHERE u.integration_id = r.integration_id AND u.recipient = r.recipient)
         LIMIT 1
       ) l ON true
       WHERE c.due_at <= now() AND c.confirmed_at IS NULL ORDER BY c.due_at LIMIT ${AT_ONCE}`,
    );
  }

  /** Nobody else asks from now on. False where another instance does, where they have confirmed, or the address was asked within the hour. */
  claim(person: Buffer, address: Buffer): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [due] = await manager.query<unknown[]>(
        `SELECT 1 FROM mail_confirmations WHERE person = $1 AND confirmed_at IS NULL AND due_at <= now() FOR UPDATE SKIP LOCKED`,
        [person],
      );
      if (!due) return false;
      const [{ free, until }] = await manager.query<[{ free: boolean; until: Date }]>(
        `WITH asked AS (
           INSERT INTO mail_asks AS a (address, asked_at) VALUES ($1, now())
           ON CONFLICT (address) DO UPDATE SET asked_at = now() WHERE a.asked_at <= now() - ${ASK_EVERY} RETURNING 1
         ) SELECT EXISTS (SELECT 1 FROM asked) AS free,
             coalesce((SELECT asked_at FROM mail_asks WHERE address = $1), now()) + ${ASK_EVERY} AS until`,
        [address],
      );
      if (free)
        await manager.query(
          `UPDATE mail_confirmations SET asked_at = now(), due_at = now() + ${ASK_EVERY} WHERE person = $1`,
          [person],
        );
      else await manager.query('UPDATE mail_confirmations SET due_at = $2 WHERE person = $1', [person, until]);
      return free;
    });
  }

  /** The mail has gone. */
  async asked(person: Buffer): Promise<void> {
    await this.dataSource.query('UPDATE mail_confirmations SET due_at = NULL WHERE person = $1', [person]);
    await this.dataSource.query(`DELETE FROM mail_asks WHERE asked_at <= now() - ${ASK_EVERY}`);
  }

  /** The mail has not gone: it is due in five minutes. */
  async notAsked(person: Buffer, address: Buffer): Promise<void> {
    await this.dataSource.query(
      `WITH gone AS (DELETE FROM mail_asks WHERE address = $2)
       UPDATE mail_confirmations SET asked_at = NULL, due_at = now() + interval '5 minutes' WHERE person = $1`,
      [person, address],
    );
  }

  /** Null: not at all, until somebody wants it again. */
  async askAt(person: Buffer, at: Date | null): Promise<void> {
    await this.dataSource.query('UPDATE mail_confirmations SET due_at = $2 WHERE person = $1', [person, at]);
  }
}
