import { createHash } from 'node:crypto';
import { In, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { INTEGRATION_STATE, IntegrationState, UnreadableEvent, parseEvent, type RawRecord } from '#libs/contracts';
import type { OutboxMessage, StateOwner } from '#libs/outbox';
import { SOURCE, stateMessage, stateOf, tombstone } from './integration-state.js';
import { IntegrationEntity } from './integration.entity.js';
import { restoredVersions, versionsOf, type SeenVersions, type Versions } from './restored-versions.js';

interface Seen extends SeenVersions {
  /** Of all that the state says. */
  digest: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What `integration.state` has to show: the table of integrations. */
export class IntegrationStates implements StateOwner<IntegrationEntity, Seen> {
  readonly topic = INTEGRATION_STATE.topic;
  readonly source = SOURCE;

  constructor(private readonly dataSource: DataSource) {}

  seen(record: RawRecord): Seen | undefined {
    try {
      return seenOf(parseEvent(INTEGRATION_STATE, record));
    } catch (error) {
      if (error instanceof UnreadableEvent) return undefined;
      throw error;
    }
  }

  page(afterKey: string | undefined, limit: number): Promise<IntegrationEntity[]> {
    return this.dataSource.manager.find(IntegrationEntity, {
      ...(afterKey !== undefined && { where: { id: MoreThan(afterKey) } }),
      order: { id: 'ASC' },
      take: limit,
    });
  }

  keyOf({ id }: IntegrationEntity): string {
    return id;
  }

  agrees(row: IntegrationEntity, seen: Seen): boolean {
    return digestOf(stateOf(row)) === seen.digest;
  }

  async repair(
    manager: EntityManager,
    keys: string[],
    seen: ReadonlyMap<string, Seen | undefined>,
  ): Promise<OutboxMessage[]> {
    const rows = await manager.find(IntegrationEntity, {
      where: { id: In(keys.filter((key) => UUID.test(key))) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const differing = rows.filter((row) => {
      const known = seen.get(row.id);
      return known === undefined || !this.agrees(row, known);
    });
    const grown = differing.filter((row) => grow(row, restoredVersions(row, seen.get(row.id))));
    if (grown.length > 0) await saveVersions(manager, grown);
    const there = new Set(rows.map(({ id }) => id));
    const gone = keys.filter((key) => seen.has(key) && !there.has(key));
    return [...differing.map(stateMessage), ...gone.map(tombstone)];
  }
}

const seenOf = (state: IntegrationState): Seen => ({ ...versionsOf(state), digest: digestOf(state) });

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
