import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An alert is about a destination: no release is, and perhaps no one project. */
const OF_RELEASES = ['project_id', 'project_name', 'release_id', 'version', 'environment'];

/**
 * A trigger notes each change of a destination's health that somebody is to be alerted of, in the transaction of the change.
 * So no crash comes between the two, also where an instance of an older version makes the change.
 */
export class TellOfStandings1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const nullable = OF_RELEASES.map((column) => `ALTER COLUMN ${column} DROP NOT NULL`);
    await runner.query(`ALTER TABLE deliveries ${nullable.join(', ')}`);
    await runner.query(`CREATE TABLE destination_spells (
      integration_id uuid PRIMARY KEY,
      organization_id text NOT NULL,
      failing_since timestamptz(3),
      alerted text CHECK (alerted IN ('failing', 'disconnected')),
      change integer NOT NULL DEFAULT 0
    )`);
    await runner.query(
      'CREATE INDEX destination_spells_failing ON destination_spells (failing_since) WHERE failing_since IS NOT NULL AND alerted IS NULL',
    );
    await runner.query(`CREATE TABLE pending_alerts (
      integration_id uuid NOT NULL,
      change integer NOT NULL,
      organization_id text NOT NULL,
      type text NOT NULL,
      failing_since timestamptz(3) NOT NULL,
      at timestamptz(3) NOT NULL,
      PRIMARY KEY (integration_id, change)
    )`);
    await runner.query(NOTE_SPELL);
    await runner.query(
      'CREATE TRIGGER note_spell AFTER INSERT OR UPDATE OF health ON destinations FOR EACH ROW EXECUTE FUNCTION note_spell()',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER note_spell ON destinations');
    await runner.query('DROP FUNCTION note_spell');
    await runner.query('DROP TABLE pending_alerts, destination_spells');
  }
}

/**
 * A spell begins with the first failure and ends with the first success. It is disconnected once; that it recovered is
 * worth an alert only where the failure was.
 */
const NOTE_SPELL = `
  CREATE FUNCTION note_spell() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    spell destination_spells;
  BEGIN
    IF NEW.health IN ('failing', 'needs_reconnect') THEN
      INSERT INTO destination_spells AS s (integration_id, organization_id, failing_since)
      VALUES (NEW.integration_id, NEW.organization_id, now())
      ON CONFLICT (integration_id) DO UPDATE SET failing_since = coalesce(s.failing_since, excluded.failing_since);
      IF NEW.health = 'needs_reconnect' THEN
        UPDATE destination_spells SET alerted = 'disconnected', change = change + 1
        WHERE integration_id = NEW.integration_id AND alerted IS DISTINCT FROM 'disconnected' RETURNING * INTO spell;
        IF FOUND THEN
          INSERT INTO pending_alerts
          VALUES (spell.integration_id, spell.change, spell.organization_id, 'destination.disconnected', spell.failing_since, now());
        END IF;
      END IF;
    ELSIF NEW.health = 'healthy' THEN
      SELECT * INTO spell FROM destination_spells
      WHERE integration_id = NEW.integration_id AND failing_since IS NOT NULL FOR UPDATE;
      IF FOUND THEN
        IF spell.alerted IS NOT NULL THEN
          INSERT INTO pending_alerts
          VALUES (spell.integration_id, spell.change + 1, spell.organization_id, 'destination.recovered', spell.failing_since, now());
        END IF;
        UPDATE destination_spells
        SET failing_since = NULL, alerted = NULL, change = change + (spell.alerted IS NOT NULL)::int
        WHERE integration_id = NEW.integration_id;
      END IF;
    END IF;
    RETURN NULL;
  END
  $$`;
