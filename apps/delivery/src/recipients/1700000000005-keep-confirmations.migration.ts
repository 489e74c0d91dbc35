import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is on the list of which integration, and who has confirmed. All of it is keyed hashes: there is no address in it.
 * Recipients of integrations that are older than `mail_confirmation_start` count as confirmed once their list is first read.
 */
export class KeepConfirmations1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE mail_confirmation_start (
      id smallint PRIMARY KEY CHECK (id = 1),
      began_at timestamptz NOT NULL
    )`);
    await runner.query('INSERT INTO mail_confirmation_start (id, began_at) VALUES (1, now())');
    await runner.query(`CREATE TABLE mail_lists (
      integration_id uuid PRIMARY KEY,
      organization_id text NOT NULL,
      version integer NOT NULL,
      credentials_version integer NOT NULL,
      resend_since timestamptz
    )`);
    await runner.query(
      'CREATE INDEX mail_lists_to_resend ON mail_lists (integration_id) WHERE resend_since IS NOT NULL',
    );
    await runner.query(`CREATE TABLE mail_recipients (
      integration_id uuid NOT NULL REFERENCES mail_lists ON DELETE CASCADE,
      recipient bytea NOT NULL,
      person bytea NOT NULL,
      PRIMARY KEY (integration_id, recipient)
    )`);
    await runner.query('CREATE INDEX mail_recipients_by_person ON mail_recipients (person)');
    await runner.query(`CREATE TABLE mail_confirmations (
      person bytea PRIMARY KEY,
      confirmed_at timestamptz,
      asked_at timestamptz,
      due_at timestamptz
    )`);
    await runner.query('CREATE INDEX mail_confirmations_due ON mail_confirmations (due_at) WHERE due_at IS NOT NULL');
    await runner.query('CREATE TABLE mail_asks (address bytea PRIMARY KEY, asked_at timestamptz NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE mail_asks, mail_confirmations, mail_recipients, mail_lists, mail_confirmation_start',
    );
  }
}
