/** The columns of `deliveries` with their types. */
export const DELIVERY_COLUMNS = {
  id: 'uuid',
  event_at: 'timestamptz',
  event_id: 'text',
  event_type: 'text',
  organization_id: 'text',
  integration_id: 'uuid',
  project_id: 'uuid',
  project_name: 'text',
  release_id: 'uuid',
  version: 'text',
  environment: 'text',
  test: 'boolean',
  status: 'text',
  round: 'integer',
  round_attempts: 'integer',
  attempt_count: 'integer',
  credentials_version: 'integer',
  queue: 'smallint',
  queue_position: 'bigint',
  next_attempt_at: 'timestamptz',
  last_status_code: 'integer',
  last_error_code: 'text',
  last_error: 'text',
  event: 'json',
  updated_at: 'timestamptz',
} as const;

/** What a later entry about the same delivery replaces; all others say which delivery it is. */
export const DELIVERY_STATE = [
  'status',
  'round',
  'round_attempts',
  'credentials_version',
  'queue',
  'queue_position',
  'next_attempt_at',
  'last_status_code',
  'last_error_code',
  'last_error',
  'updated_at',
] as const satisfies (keyof typeof DELIVERY_COLUMNS)[];

/** The columns of `attempts` with their types. */
export const ATTEMPT_COLUMNS = {
  delivery_id: 'uuid',
  event_at: 'timestamptz',
  round: 'integer',
  number: 'integer',
  organization_id: 'text',
  started_at: 'timestamptz',
  duration_ms: 'integer',
  outcome: 'text',
  permanent: 'boolean',
  status_code: 'integer',
  error_code: 'text',
  error: 'text',
  response_body: 'text',
  response_headers: 'json',
} as const;

/** A value for each of the columns, as JSON takes it. */
export type RowOf<Columns> = Record<keyof Columns, unknown>;

export const namesOf = (columns: object): string => Object.keys(columns).join(', ');

/** For `json_to_recordset`. */
export const typesOf = (columns: Record<string, string>): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');

/** All but those left out, of the table that goes by that name in the statement. */
export const fieldsOf = (table: string, columns: object, without: readonly string[]): string =>
  Object.keys(columns)
    .filter((column) => !without.includes(column))
    .map((column) => `${table}.${column}`)
    .join(', ');
