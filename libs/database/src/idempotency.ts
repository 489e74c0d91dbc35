import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { Problem, invalidInput } from '#libs/problems';

/** For a service's own migration. */
export const IDEMPOTENCY_TABLE_SQL: string[] = [
  `CREATE TABLE idempotency_keys (
    organization_id text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer,
    body json,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, key)
  )`,
  'CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)',
];

/** A request that may be sent again without being carried out again. */
export interface IdempotentRequest {
  organizationId: string;
  /** The Idempotency-Key header; undefined: carried out each time. */
  key: string | undefined;
  /** `POST /api/v1/projects` */
  operation: string;
  body: unknown;
}

export interface Answer<T> {
  status: number;
  body: T;
  /** It was carried out before, and this is what was answered then. */
  replayed: boolean;
}

const KEY = /^[\x21-\x7e][\x20-\x7e]{0,254}$/;
const KEEP = '24 hours';
const PRUNE_AT_MOST = 50;

/**
 * Carries a request out in one transaction, once per key. The key is reserved first: a twin that comes meanwhile waits
 * for it, and then gets the same answer. `stored` says what of the answer may be kept for replays.
 * @throws Problem 400 for a key that is none, 422 where the key was used for another request
 */
export async function carryOutOnce<T>(
  dataSource: DataSource,
  request: IdempotentRequest,
  work: (manager: EntityManager) => Promise<{ status: number; body: T }>,
  stored: (body: T) => unknown = (body) => body,
): Promise<Answer<T>> {
  const { key, organizationId } = request;
  if (key === undefined) return { ...(await dataSource.transaction(work)), replayed: false };
  if (!KEY.test(key))
    throw invalidInput([{ field: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' }]);
  const fingerprint = fingerprintOf(request);
  return dataSource.transaction(async (manager) => {
    const reserved = await reserve(manager, organizationId, key, fingerprint);
    if (!reserved) return replay<T>(manager, organizationId, key, fingerprint);
    const { status, body } = await work(manager);
    await manager.query('UPDATE idempotency_keys SET status = $3, body = $4 WHERE organization_id = $1 AND key = $2', [
      organizationId,
      key,
      status,
      JSON.stringify(stored(body)),
    ]);
    return { status, body, replayed: false };
  });
}

/**
 * The same for an effect that is not part of the transaction, such as a message sent or many chunks committed: it is
 * carried out once unless the process dies between the effect and the answer's being kept.
 */
export async function answerOnce<T>(
  dataSource: DataSource,
  request: IdempotentRequest,
  work: () => Promise<{ status: number; body: T }>,
): Promise<Answer<T>> {
  if (request.key === undefined) return { ...(await work()), replayed: false };
  return carryOutOnce(dataSource, request, work);
}

/**
 * One that is too old counts as none. Others like it go a few at a time, with the new ones, and only once this one is held:
 * a request that waits for a twin holds nothing that another one could wait for.
 */
async function reserve(
  manager: EntityManager,
  organizationId: string,
  key: string,
  fingerprint: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO idempotency_keys AS known (organization_id, key, fingerprint) VALUES ($1, $2, $3)
     ON CONFLICT (organization_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = NULL, body = NULL, created_at = now()
       WHERE known.created_at < now() - interval '${KEEP}' RETURNING 1`,
    [organizationId, key, fingerprint],
  );
  if (rows.length === 0) return false;
  await manager.query(
    `DELETE FROM idempotency_keys WHERE (organization_id, key) IN (
       SELECT organization_id, key FROM idempotency_keys WHERE created_at < now() - interval '${KEEP}'
       ORDER BY created_at LIMIT ${PRUNE_AT_MOST} FOR UPDATE SKIP LOCKED)`,
  );
  return true;
}

async function replay<T>(
  manager: EntityManager,
  organizationId: string,
  key: string,
  fingerprint: string,
): Promise<Answer<T>> {
  const rows = await manager.query<{ fingerprint: string; status: number; body: T }[]>(
    'SELECT fingerprint, status, body FROM idempotency_keys WHERE organization_id = $1 AND key = $2',
    [organizationId, key],
  );
  const before = rows[0];
  if (!before || before.fingerprint !== fingerprint) {
    throw new Problem(422, 'idempotency-key-reused', 'The Idempotency-Key belongs to another request', {
      detail: 'Use a new key for a new request; the same key only to repeat the very same one.',
      errors: [{ field: 'Idempotency-Key', message: 'was used for another request' }],
    });
  }
  return { status: before.status, body: before.body, replayed: true };
}

const fingerprintOf = ({ operation, body }: IdempotentRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([operation, canonical(body)]))
    .digest('base64url');

/** The order of fields does not make another request. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => [name, canonical(one)]);
}
