import type { ErrorCode, IntegrationState, DeliveredEvent } from '#libs/contracts';
import type { Provider } from '#libs/providers';

/** How one attempt ended. A failure at the destination is an outcome, not an exception. */
export type AttemptOutcome =
  | { kind: 'delivered'; statusCode: number | null; responseBody: string | null }
  | {
      kind: 'failed';
      code: ErrorCode;
      statusCode: number | null;
      /** A sentence for a person. */
      error: string;
      /** The first 4 KB, secrets cut out. */
      responseBody: string | null;
      /** Names in lower case; what is secret in them cut out. Null where nothing answered, or not over HTTP. */
      responseHeaders: Record<string, string> | null;
      retryAfterMs: number | null;
      /** Refuses for good: 401, 403, 404, 410 or the provider's own code for a revoked or missing target. */
      permanent: boolean;
      /** The provider's own words say so. False: a status alone, which may be of what this one message holds. */
      ownSign: boolean;
      /** False: the destination refused the message itself by a code of its own, and would refuse it again. */
      retryable: boolean;
      /** Asked to be tried again later, and perhaps not before the retries are over: then one more is made, the late one. */
      laterTry?: boolean;
      /** Whatever it asked to wait, its gate is shut for all of it: no attempt is made before. */
      gated?: boolean;
    };

/** An attempt that may not be made yet; it does not count as one. */
export interface PutOff {
  kind: 'put_off';
  /** When it may be made. */
  until: Date;
  /** A sentence for a person. */
  error: string;
}

/** The pace that a destination asks for. Times are of `performance.now()`, in ms. */
export interface RateGate {
  /** How long until the next attempt may begin; 0: it may begin now. */
  waitMs(now: number): number;
  /** An attempt begins. */
  take(now: number): void;
}

/** Addresses that asked to wait, by the credentials that lead to them. Times are of `performance.now()`, in ms. */
export interface Holds {
  /** Whether there is any now; asked before every attempt. */
  any(now: number): boolean;
  /** How long until this one may be called; 0: now. */
  waitMs(credentials: unknown, now: number): number;
}

export interface AttemptRequest {
  deliveryId: string;
  round: number;
  attempt: number;
  test: boolean;
  /** `url` is always set. */
  event: DeliveredEvent;
  state: IntegrationState;
  /** Opened; validated by the provider. */
  credentials: unknown;
  /** `whsec_…`, those that are valid now. */
  signingSecrets: string[];
  /** W3C trace context to pass on; where there is none the provider begins a trace. */
  traceparent?: string;
  /** Aborted when the service stops. */
  signal: AbortSignal;
}

export interface ProviderAdapter {
  readonly id: Provider;
  /** Attempts at once for one destination. */
  concurrency(state: IntegrationState): number;
  /** Where the destination bounds the pace: the one gate of this destination, learning from the attempts made through it. */
  gate?(state: IntegrationState): RateGate;
  /** Where several integrations may share an address that asks to wait. */
  readonly holds?: Holds;
  /** Asked before each attempt: whether it may be made at all. Null: it may. @throws our own faults */
  admit?(request: AttemptRequest): Promise<PutOff | null>;
  /** Never throws for what the destination does. @throws the signal's reason when the service stops, and our own faults */
  attempt(request: AttemptRequest): Promise<AttemptOutcome>;
}
