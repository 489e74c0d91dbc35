import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { INTEGRATION_STATE, IntegrationState, parseEvent } from '#libs/contracts';
import { TableStates } from '#libs/outbox';
import { SOURCE, stateMessage, stateOf, tombstone } from './integration-state.js';
import { IntegrationEntity } from './integration.entity.js';
import { restoredVersions, versionsOf, type SeenVersions, type Versions } from './restored-versions.js';

interface Seen extends SeenVersions {
  /** Of all that the state says. */
  digest: string;
}

/** The table is compared every five minutes. */
const LATE_WITHIN_MS = 60 * 60_000;

export type IntegrationStates = TableStates<IntegrationEntity, Seen>;

/** Keeps `integration.state` as the table of integrations is. */
export const integrationStates = (dataSource: DataSource): IntegrationStates =>
  new TableStates({
    topic: INTEGRATION_STATE.topic,
    source: SOURCE,
    dataSource,
    entity: IntegrationEntity,
    seen: (record) => seenOf(parseEvent(INTEGRATION_STATE, record)),
    agrees: (row, seen) => digestOf(stateOf(row)) === seen.digest,
    stateMessage,
    tombstone,
    lateSince: (row, known) => (isLate(row, known) ? row.updatedAt : undefined),
    beforePublishing: async (manager, rows, seen) => {
      const grown = rows.filter((row) => grow(row, restoredVersions(row, seen.get(row.id))));
      if (grown.length > 0) await saveVersions(manager, grown);
    },
  });

const seenOf = (state: IntegrationState): Seen => ({ ...versionsOf(state), digest: digestOf(state) });

/**
 * The topic has not shown this version, or not the integration: its record was refused or lost. A table that was restored
 * is behind its topic.
 */
const isLate = ({ version, updatedAt }: IntegrationEntity, known: Seen | undefined): boolean =>
  version > (known?.version ?? 0) && Date.now() - updatedAt.getTime() < LATE_WITHIN_MS;

/** Of the fields that this build knows, whatever the order in which the table and the topic hold them. */
function digestOf(state: IntegrationState): string {
  const fields = Object.keys(IntegrationState.properties) as (keyof IntegrationState)[];
  const known = Object.fromEntries(fields.map((field) => [field, state[field]]));
  return createHash('sha256')
    .update(JSON.stringify(sorted(known)))
    .digest('base64');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]));
}

/** Whether the row has other versions afterwards. */
function grow(row: IntegrationEntity, versions: Versions): boolean {
  if (row.version === versions.version && row.credentialsVersion === versions.credentialsVersion) return false;
  Object.assign(row, versions);
  return true;
}

async function saveVersions(manager: EntityManager, rows: IntegrationEntity[]): Promise<void> {
  await manager.query(
    `UPDATE integrations SET version = n.version, credentials_version = n.credentials_version, sealed_version = n.sealed_version
     FROM json_to_recordset($1::json) AS n(id uuid, version integer, credentials_version integer, sealed_version integer)
     WHERE integrations.id = n.id`,
    [
      JSON.stringify(
        rows.map(({ id, version, credentialsVersion, sealedVersion }) => ({
          id,
          version,
          credentials_version: credentialsVersion,
          sealed_version: sealedVersion,
        })),
      ),
    ],
  );
}
