import type { Environment, EventType, Integration, Provider } from '../../api/types.js';

/** What a form holds while it is filled in. */
export interface Draft {
  name: string;
  /** null: all projects; undefined: one, and not chosen yet. */
  projectId: string | null | undefined;
  eventTypes: EventType[];
  environments: Environment[];
  /** Of the credentials only what is typed in anew: what is saved is never shown. */
  fresh: boolean;
  url: string;
  authorization: string;
  concurrency: number;
  recipients: string[];
}

export const newDraft = (): Draft => ({
  name: '',
  projectId: null,
  eventTypes: [],
  environments: [],
  fresh: true,
  url: '',
  authorization: '',
  concurrency: 1,
  recipients: [],
});

export const draftOf = ({ name, projectId, eventTypes, environments, concurrency }: Integration): Draft => ({
  ...newDraft(),
  name,
  projectId,
  eventTypes,
  environments,
  fresh: false,
  concurrency: concurrency ?? 1,
});

export interface Change {
  name: string;
  projectId: string | null;
  eventTypes: EventType[];
  environments: Environment[];
  concurrency?: number | null;
  credentials?: Record<string, unknown>;
}

/** What the API is sent. Credentials replace the old ones as a whole, so they are left out where nothing was typed in. */
export function changeOf(provider: Provider, draft: Draft): Change {
  const { name, projectId, eventTypes, environments, fresh } = draft;
  return {
    name,
    projectId: projectId ?? null,
    eventTypes,
    environments,
    ...(provider === 'webhook' && { concurrency: draft.concurrency > 1 ? draft.concurrency : null }),
    ...(fresh && hasForm(provider) && { credentials: credentialsOf(provider, draft) }),
  };
}

export const hasForm = (provider: Provider): boolean => provider === 'webhook' || provider === 'email';

function credentialsOf(provider: Provider, { url, authorization, recipients }: Draft): Record<string, unknown> {
  if (provider === 'email') return { recipients };
  return { url: url.trim(), ...(authorization.trim() !== '' && { authorization: authorization.trim() }) };
}

/** Several may have been pasted at once. */
export const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((address) => address !== '');
