import type { Environment, EventType } from '#libs/contracts';

/** What a run knows, from three sides that know nothing of each other: the caller, the receivers, the API. Times are epoch ms of this process. */
export interface Evidence {
  calls: Call[];
  posts: Post[];
  hooks: Hook[];
  releases: ListedRelease[];
  ledger: LedgerRow[];
  disturbances: Disturbance[];
}

/** A call that changes a release, as its caller saw it. */
export interface Call {
  number: number;
  kind: 'create' | 'promote' | 'rollout';
  projectId: string;
  version: string;
  /** That the release is in, or is promoted to. */
  environment: Environment;
  startedAt: number;
  /** Of the answer; missing where the connection broke or nothing came in time. */
  status?: number;
  /** In an answer of success. */
  release?: { id: string; revision: number };
}

/** An integration as the test connected it. */
export interface Hook {
  name: string;
  id: string;
  projectId: string | null;
  environments: Environment[];
  eventTypes: EventType[];
  /** Attempts at once. */
  concurrency: number;
  /** When its creation was answered: what was called later must reach it. */
  answeredAt: number;
}

/** One request at a receiver. */
export interface Post {
  hook: string;
  webhookId: string;
  eventType: EventType;
  releaseId: string;
  revision: number;
  at: number;
  /** Its number, as the request says. */
  attempt?: string;
  /** That the receiver answered; missing where it cut the connection. */
  status?: number;
}

/** As the API lists it at the end. */
export interface ListedRelease {
  id: string;
  projectId: string;
  version: string;
  environment: Environment;
  revision: number;
  promotedFromId: string | null;
}

/** A delivery as the API lists it at the end. */
export interface LedgerRow {
  id: string;
  integrationId: string;
  eventType: EventType;
  releaseId: string;
  status: string;
}

/** A fault that the run caused. */
export interface Disturbance {
  at: number;
  /** The process that was ended, e.g. `delivery`; `joined` where another instance of it came. */
  kind: string;
}
