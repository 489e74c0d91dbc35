import type { Environment, EventType } from '#libs/contracts';

/** What a run knows, from three sides that know nothing of each other: the caller, the receivers, the API. Times are epoch ms of this process. */
export interface Evidence {
  calls: Call[];
  posts: Post[];
  hooks: Hook[];
  releases: ListedRelease[];
  ledger: LedgerRow[];
  /** Of deliveries that came again after they were taken. */
  attempts: LedgerAttempt[];
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
  /** When its answer was there, or it was known that none will come. */
  endedAt?: number;
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
  /** Is disabled now and then: what it held meanwhile is sent after what came later. */
  holds?: boolean;
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
  /** When it was read here. */
  at: number;
  /** When it was signed, as the request says: the beginning of that second. */
  sentAt: number;
  /** Its number in its round, as the request says. */
  attempt: number;
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

/** An attempt as the API tells of it at the end. */
export interface LedgerAttempt {
  deliveryId: string;
  round: number;
  /** In its round. */
  number: number;
  startedAt: number;
  outcome: 'delivered' | 'failed';
  /** null where no answer came. */
  statusCode: number | null;
}

/** A fault that the run caused: it began at some time from `since` on, and had taken effect at `at`. */
export interface Disturbance {
  since: number;
  at: number;
  /** The process that was ended, e.g. `delivery`; `joined` where another instance of it came. */
  kind: string;
}
