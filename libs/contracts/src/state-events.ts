import { Type, type Static } from 'typebox';
import { ENVIRONMENTS, EVENT_TYPES, ProviderId, oneOf } from './vocabulary.js';

const Uuid = Type.String({ format: 'uuid' });
const Organization = Type.String({ minLength: 1, maxLength: 64 });
const Version = Type.Integer({ minimum: 1 });

/** Key of the record by which the owner of a state topic says that the topic holds all that its table holds. */
export const STATE_COMPLETE_KEY = 'complete';
export const STATE_COMPLETE_TYPE = 'state.complete';

/** A state topic holds the state of every row. Sent by the topic's owner after it compared the two. */
export const StateComplete = Type.Object({
  records: Type.Integer({ minimum: 0 }),
  /** ISO 8601. */
  at: Type.String({ format: 'date-time' }),
});
export type StateComplete = Static<typeof StateComplete>;

/** A value sealed as flattened JWE; only `delivery` can open it. */
export const SealedValue = Type.Object({
  protected: Type.String(),
  encrypted_key: Type.String(),
  iv: Type.String(),
  ciphertext: Type.String(),
  tag: Type.String(),
});
export type SealedValue = Static<typeof SealedValue>;

/** A project exists under this name. Sent by apps/releases when a project is created or renamed. */
export const ProjectState = Type.Object({
  id: Uuid,
  organizationId: Organization,
  name: Type.String({ minLength: 1, maxLength: 200 }),
});
export type ProjectState = Static<typeof ProjectState>;
export const PROJECT_STATE = {
  topic: 'project.state',
  deadLetterTopic: 'project.state.dlq',
  schema: ProjectState,
  key: (state: ProjectState) => state.id,
} as const;

/** One signing secret of a webhook; on rotation the old one stays until its time is over and both sign. */
export const SealedSigningSecret = Type.Object({
  sealed: SealedValue,
  version: Version,
  /** ISO 8601; null for the current one. */
  validUntil: Type.Union([Type.Null(), Type.String({ format: 'date-time' })]),
});
export type SealedSigningSecret = Static<typeof SealedSigningSecret>;

/** Credentials of before, of which one field is still in use; opened with the version that they were sealed under. */
export const KeptCredentials = Type.Object({
  sealed: SealedValue,
  version: Version,
  /** The name of the field that is taken from them. */
  field: Type.String({ minLength: 1, maxLength: 100 }),
});
export type KeptCredentials = Static<typeof KeptCredentials>;

/** The whole of one integration as of now. Sent by apps/integrations on every change; a tombstone when it is deleted. */
export const IntegrationState = Type.Object({
  id: Uuid,
  organizationId: Organization,
  provider: ProviderId,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  /** null: all projects of the organization. */
  projectId: Type.Union([Type.Null(), Uuid]),
  /** Empty: all. */
  eventTypes: Type.Array(oneOf(EVENT_TYPES)),
  /** Empty: all. */
  environments: Type.Array(oneOf(ENVIRONMENTS)),
  enabled: Type.Boolean(),
  /** It is also notified when a destination of the organization stops working; missing: it is not. */
  alerts: Type.Optional(Type.Boolean()),
  /** Masked, fit to be shown. */
  destination: Type.String(),
  /** How many attempts at once; null: the provider's own rule (one, in order). */
  concurrency: Type.Union([Type.Null(), Type.Integer({ minimum: 1, maximum: 32 })]),
  credentials: SealedValue,
  /** Grows only when credentials are saved, or are others again after the table was restored. */
  credentialsVersion: Version,
  /** The version that the credentials were sealed under; missing: `credentialsVersion`. */
  sealedVersion: Type.Optional(Version),
  /** Missing: `credentials` are whole. */
  keptCredentials: Type.Optional(KeptCredentials),
  signingSecrets: Type.Array(SealedSigningSecret),
  /** Grows with every change: the newer state wins. */
  version: Version,
});
export type IntegrationState = Static<typeof IntegrationState>;
export const INTEGRATION_STATE = {
  topic: 'integration.state',
  deadLetterTopic: 'integration.state.dlq',
  schema: IntegrationState,
  key: (state: IntegrationState) => state.id,
} as const;
