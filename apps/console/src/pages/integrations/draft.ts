import type { Environment, EventType, Integration, TileField } from '../../api/types.js';

/** What a form holds while it is filled in. */
export interface Draft {
  name: string;
  /** null: all projects; undefined: one, and not chosen yet. */
  projectId: string | null | undefined;
  eventTypes: EventType[];
  environments: Environment[];
  /** It is also notified when another destination stops working. */
  alerts: boolean;
  /** Who to ask about it; empty: nobody is named. */
  owner: string;
  /** Empty: none. */
  note: string;
  /** Credentials are saved already, and never shown: each stays unless `edits` says otherwise. */
  saved: boolean;
  edits: Readonly<Record<string, Edit>>;
  /** By the name of the field, as its provider's tile has it. */
  values: Readonly<Record<string, FieldValue>>;
}

export type Edit = 'replace' | 'remove';
export type FieldValue = string | number | readonly string[];

export const newDraft = (): Draft => ({
  name: '',
  projectId: null,
  eventTypes: [],
  environments: [],
  alerts: false,
  owner: '',
  note: '',
  saved: false,
  edits: {},
  values: {},
});

export const draftOf = (integration: Integration): Draft => {
  const { name, projectId, eventTypes, environments, alerts, owner, note, concurrency } = integration;
  return {
    ...newDraft(),
    name,
    projectId,
    eventTypes,
    environments,
    alerts,
    owner: owner ?? '',
    note: note ?? '',
    saved: true,
    values: concurrency === null ? {} : { concurrency },
  };
};

/** What a new one is filled in from. Secrets are never shown, so there are none. */
export interface Duplicate {
  integration: Integration;
  /** Of an email integration, where they may be seen. */
  recipients: readonly string[];
}

/** Everything but the secrets. One that is connected by signing in is called like the channel that is picked. */
export const copyOf = ({ integration, recipients }: Duplicate, leaves: boolean): Draft => ({
  ...draftOf(integration),
  name: leaves ? '' : copyName(integration.name),
  saved: false,
  values: { ...draftOf(integration).values, ...(recipients.length > 0 && { recipients }) },
});

const LONGEST = 200;
const copyName = (name: string): string => `${name.slice(0, LONGEST - COPY.length)}${COPY}`;
const COPY = ' (copy)';

export interface Change {
  name: string;
  projectId: string | null;
  eventTypes: EventType[];
  environments: Environment[];
  alerts: boolean;
  owner: string | null;
  note: string | null;
  concurrency?: number | null;
  credentials?: Record<string, unknown>;
}

/** What the API is sent. What is left out of saved credentials stays. */
export function changeOf(fields: readonly TileField[], draft: Draft): Change {
  const { name, projectId, eventTypes, environments, alerts, owner, note } = draft;
  const credentials = draft.saved
    ? editsOf(fields.filter(isSealed), draft)
    : credentialsOf(fields.filter(isSealed), draft);
  return {
    name,
    projectId: projectId ?? null,
    eventTypes,
    environments,
    alerts,
    owner: owner.trim() || null,
    note: note.trim() || null,
    ...Object.fromEntries(fields.filter((field) => !isSealed(field)).map((field) => [field.name, plain(field, draft)])),
    ...(credentials && { credentials }),
  };
}

/** A number that is no more than the smallest is what the provider does by itself. */
function plain({ name, min = 1 }: TileField, { values }: Draft): number | null {
  const value = values[name];
  return typeof value === 'number' && value > min ? value : null;
}

const isSealed = ({ credential }: TileField): boolean => credential;

/** Undefined where nothing was typed in or removed. A list is edited one by one, by itself. */
function editsOf(fields: readonly TileField[], { values, edits }: Draft): Record<string, unknown> | undefined {
  const changed = fields
    .filter(({ type }) => type !== 'emails')
    .map(({ name }) => [name, edits[name] === 'remove' ? null : textIn(values[name])] as const)
    .filter(([name, value]) => value === null || (edits[name] === 'replace' && value !== ''));
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** Optional fields that were left empty are left out. */
function credentialsOf(fields: readonly TileField[], { values }: Draft): Record<string, unknown> | undefined {
  if (fields.length === 0) return undefined;
  const typed = fields.map(
    (field) => [field, field.type === 'emails' ? listIn(values[field.name]) : textIn(values[field.name])] as const,
  );
  return Object.fromEntries(
    typed.filter(([{ required }, value]) => required || value.length > 0).map(([{ name }, value]) => [name, value]),
  );
}

/**
 * Whether a secret that is kept would go to another origin than the one it was saved for: the API refuses that. False where
 * what was typed in is no whole URL yet.
 */
export function leavesOrigin(destination: string, { edits, values }: Draft): boolean {
  const typed = edits['url'] === 'replace' ? textIn(values['url']) : '';
  const [before, after] = [destination, typed].map(originOf);
  return before !== undefined && after !== undefined && before !== after;
}

function originOf(text: string): string | undefined {
  try {
    return new URL(text).origin;
  } catch {
    return undefined; // not typed in whole yet
  }
}

export const textIn = (value: FieldValue | undefined): string => (typeof value === 'string' ? value.trim() : '');
export const listIn = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? [...(value as string[])] : [];

/** Several may have been pasted at once. */
export const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((address) => address !== '');
