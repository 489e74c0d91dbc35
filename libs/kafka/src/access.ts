import type { KafkaLogger } from './logger.js';
import { refusalOf } from './refusal.js';

/** What is refused where it is not about a topic or a group. */
export const CONNECTION = 'connection';
/** A lost connection looks like a refusal now and then; several in a row do not. */
const REPEATED = 3;
/** Until then the same refusal is not said again. */
const SAY_AGAIN_MS = 10 * 60_000;

interface Refused {
  reason: string;
  times: number;
  saidAt: number;
}

/**
 * What the brokers refuse this service, or it them: said in one line that names what to check, however often it is tried
 * again, and not ready until it is over.
 */
export class Access {
  private readonly refused = new Map<string, Refused>();

  constructor(
    private readonly logger: KafkaLogger,
    private readonly now: () => number = Date.now,
  ) {}

  /** A fault with the connection, a topic or a group. False where it is no refusal but, say, a broker that is away. */
  failed(about: string, error: unknown, fields: object = {}): boolean {
    const refusal = refusalOf(error);
    if (!refusal) return false;
    const { reason, check, ambiguous, scoped } = refusal;
    const subject = scoped ? about : CONNECTION;
    const before = this.refused.get(subject);
    const again = before?.reason === reason;
    const entry = { reason, times: again ? before.times + 1 : 1, saidAt: again ? before.saidAt : -Infinity };
    this.refused.set(subject, entry);
    if (ambiguous && entry.times < REPEATED) return true;
    if (this.now() - entry.saidAt < SAY_AGAIN_MS) return true;
    entry.saidAt = this.now();
    this.logger.error({ ...fields, reason, check }, 'kafka.refused');
    return true;
  }

  succeeded(subject: string): void {
    if (this.refused.size === 0) return;
    const before = this.refused.get(subject);
    if (!before) return;
    this.refused.delete(subject);
    if (before.saidAt > -Infinity) this.logger.info({ subject }, 'kafka.accepted');
  }

  /** The subject works: what looked like a refusal, and was not logged yet, was none. */
  doubted(subject: string): void {
    if (this.refused.size > 0 && this.refused.get(subject)?.saidAt === -Infinity) this.refused.delete(subject);
  }

  /** What is refused now. */
  get subjects(): string[] {
    return [...this.refused].filter(([, { saidAt }]) => saidAt > -Infinity).map(([subject]) => subject);
  }
}
