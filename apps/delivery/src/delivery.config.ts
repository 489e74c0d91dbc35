import { BackendSettings, Setting, boolean, duration, list } from '#libs/config';
import { privateKeysSetting } from '#libs/credentials';
import { addressRanges } from '#libs/outbound';

/** One step of the retry ladder: the label names its topic. */
export interface RetryDelay {
  label: string;
  ms: number;
}

const retryDelay = (label: string): RetryDelay => ({ label, ms: duration(label) });

/** Attempts at 0, 5, 15, 35, 75 and 155 s. */
const DEFAULT_RETRY_DELAYS = ['5s', '10s', '20s', '40s', '80s'].map(retryDelay);

export class DeliverySettings extends BackendSettings {
  /** Longest that one attempt may take, from the connection to the last byte of the answer. */
  @Setting({ env: 'DELIVERY_TIMEOUT', parse: duration, default: 10_000 })
  deliveryTimeoutMs: number;

  /** Waits after the first, second, … failed attempt; each has a topic of its own. */
  @Setting({ env: 'DELIVERY_RETRY_DELAYS', parse: list(retryDelay), default: DEFAULT_RETRY_DELAYS })
  retryDelays: RetryDelay[];

  /** Whether destinations may be called without TLS. */
  @Setting({ env: 'OUTBOUND_ALLOW_HTTP', parse: boolean, local: true, default: false })
  outboundAllowHttp: boolean;

  /** Address ranges that may be called although they are not public. */
  @Setting({ env: 'OUTBOUND_ALLOWED_CIDRS', parse: addressRanges, local: ['127.0.0.0/8', '::1/128'], default: [] })
  outboundAllowedCidrs: string[];

  /** The private keys that open credentials: a JWKS, inline or a file; several while keys are being rotated. */
  @Setting({ env: 'CREDENTIALS_PRIVATE_KEYS', parse: privateKeysSetting })
  credentialsPrivateKeys: ReturnType<typeof privateKeysSetting>;

  /** How long deliveries and their attempts are kept. */
  @Setting({ env: 'LEDGER_RETENTION', parse: duration, default: duration('30d') })
  ledgerRetentionMs: number;

  /** How long dead and held deliveries are kept. */
  @Setting({ env: 'LEDGER_DEAD_RETENTION', parse: duration, default: duration('90d') })
  ledgerDeadRetentionMs: number;
}
