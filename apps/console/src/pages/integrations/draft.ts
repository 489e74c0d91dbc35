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
  /** Of the credentials only what is typed in anew: what is saved is never shown. */
  fresh: boolean;
  /** By the name of the field, as its provider's tile has it. */
  values: Readonly<Record<string, FieldValue>>;
}

export type FieldValue = string | number | readonly string[];

export const newDraft = (): Draft => ({
  name: '',
  projectId: null,
  eventTypes: [],
  environments: [],
  alerts: false,
  fresh: true,
  values: {},
});

export const draftOf = ({ name, projectId, eventTypes, environments, alerts, concurrency }: Integration): Draft => ({
  ...newDraft(),
  name,
  projectId,
  eventTypes,
  environments,
  alerts,
  fresh: false,
  values: concurrency === null ? {} : { concurrency },
});

export interface Change {
  name: string;
  projectId: string | null;
  eventTypes: EventType[];
  environments: Environment[];
  alerts: boolean;
  concurrency?: number | null;
  credentials?: Record<string, unknown>;
}

/** What the API is sent. Credentials replace the old ones as a whole, so they are left out where nothing was typed in. */
export function changeOf(fields: readonly TileField[], draft: Draft): Change {
  const { name, projectId, eventTypes, environments, alerts, fresh } = draft;
  const sealed = fields.filter(({ credential }) => credential);
  return {
    name,
    projectId: projectId ?? null,
    eventTypes,
    environments,
    alerts,
    ...Object.fromEntries(
      fields.filter(({ credential }) => !credential).map((field) => [field.name, plain(field, draft)]),
    ),
    ...(fresh && sealed.length > 0 && { credentials: credentialsOf(sealed, draft) }),
  };
}

/** A number that is no more than the smallest is what the provider does by itself. */
function plain({ name, min = 1 }: TileField, { values }: Draft): number | null {
  const value = values[name];
  return typeof value === 'number' && value > min ? value : null;
}

/** Optional fields that were left empty are left out. */
function credentialsOf(fields: readonly TileField[], { values }: Draft): Record<string, unknown> {
  const typed = fields.map(
    (field) => [field, field.type === 'emails' ? listIn(values[field.name]) : textIn(values[field.name])] as const,
  );
  return Object.fromEntries(
    typed.filter(([{ required }, value]) => required || value.length > 0).map(([{ name }, value]) => [name, value]),
  );
}

export const textIn = (value: FieldValue | undefined): string => (typeof value === 'string' ? value.trim() : '');
export const listIn = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? [...(value as string[])] : [];

/** Several may have been pasted at once. */
export const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((address) => address !== '');
