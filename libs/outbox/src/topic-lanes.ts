import { within } from '#libs/deadline';
import { MAX_RECORD_BYTES, isOutage, recordSize, type Publisher } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
import { sentLate, stamped } from './late-states.js';
import { piecesOf } from './pieces.js';
import { isMissingTopic, isRefusal } from './refusal.js';
import type { OutboxRow, Refused } from './relay-session.js';

export interface TopicLanesOptions {
  publisher: Pick<Publisher, 'publish'>;
  /** Creates a topic that is not there; false where it is none of this service's. */
  createTopic: (topic: string) => Promise<boolean>;
  logger: Logger;
  /** Something was sent, set aside, or may be tried again. */
  wake: () => void;
}

interface Lane {
  sending: Promise<void> | undefined;
  /** Its send takes longer than the others are to wait. */
  slow: boolean;
  failures: number;
  /** Of `performance.now()`; nothing is sent before. */
  retryAt: number;
  timer?: NodeJS.Timeout;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
const SLOW_MS = 250;
/** What is on its way then is sent again by the next one. */
const STOP_WITHIN_MS = 10_000;

/**
 * Sends rows, each topic's in their order and for itself: a topic that is slow, missing or refused holds up no other, and
 * a record that the brokers never take holds up none of its own topic.
 */
export class TopicLanes {
  /** On their topics, but not known to be gone from the table. */
  readonly sent: string[] = [];
  /** To be set aside. */
  readonly refused: Refused[] = [];
  private readonly lanes = new Map<string, Lane>();
  private stopped = false;
  private ended: Promise<unknown> | undefined;

  constructor(private readonly options: TopicLanesOptions) {}

  /** Topics that send at the moment, or wait before they try again: their rows are not to be read now. */
  closed(): string[] {
    const now = performance.now();
    return [...this.lanes].filter(([, { sending, retryAt }]) => sending || retryAt > now).map(([topic]) => topic);
  }

  /** Begins to send rows of topics that were not closed. */
  begin(rows: OutboxRow[]): void {
    for (const [topic, own] of byTopic(rows)) {
      const lane = this.laneOf(topic);
      lane.sending = this.send(topic, lane, own).finally(() => {
        lane.sending = undefined;
        lane.slow = false;
        this.options.wake();
      });
    }
  }

  /** Resolves when what was begun is done; a topic that takes longer than 250 ms is waited for no further. */
  async settled(): Promise<void> {
    const begun = [...this.lanes.values()].filter(({ sending, slow }) => sending && !slow);
    if (await sentWithin(SLOW_MS, begun)) return;
    for (const lane of begun) lane.slow = lane.sending !== undefined;
  }

  /** Begins no further send. Resolves when those that were begun have ended, or after ten seconds. */
  stop(): Promise<unknown> {
    this.stopped = true;
    for (const { timer } of this.lanes.values()) clearTimeout(timer);
    this.ended ??= sentWithin(STOP_WITHIN_MS, [...this.lanes.values()]);
    return this.ended;
  }

  private laneOf(topic: string): Lane {
    let lane = this.lanes.get(topic);
    if (!lane) this.lanes.set(topic, (lane = { sending: undefined, slow: false, failures: 0, retryAt: 0 }));
    return lane;
  }

  private async send(topic: string, lane: Lane, rows: OutboxRow[]): Promise<void> {
    try {
      const now = performance.now();
      for (const piece of piecesOf(rows.map((row) => stamped(row, now)))) await this.sendPiece(topic, piece);
      if (lane.failures > 0) this.options.logger.info({ topic, failures: lane.failures }, 'outbox.recovered');
      lane.failures = 0;
    } catch (error) {
      await this.failed(topic, lane, error);
    }
  }

  /** Where the brokers refuse one of the records, finds out which by halves; the others go out. @throws any other fault */
  private async sendPiece(topic: string, piece: OutboxRow[]): Promise<void> {
    if (this.stopped) return;
    try {
      // the publisher would send the others of the call before it says that one is too large
      const tooLarge = piece.find((row) => recordSize(row) > MAX_RECORD_BYTES);
      if (tooLarge && piece.length > 1) return await this.sendHalves(topic, piece);
      await this.publish(topic, piece);
      const late = sentLate(piece, performance.now());
      if (late.length > 0) await this.publish(topic, late);
      this.sent.push(...piece.map(({ id }) => id));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (piece.length > 1) return await this.sendHalves(topic, piece);
      this.refused.push({ row: piece[0]!, reason: (error as Error).message });
    }
  }

  private publish(topic: string, rows: OutboxRow[]): Promise<void> {
    return this.options.publisher.publish(
      topic,
      rows.map(({ key, value, headers }) => ({ key, value, headers })),
    );
  }

  private async sendHalves(topic: string, piece: OutboxRow[]): Promise<void> {
    const middle = Math.ceil(piece.length / 2);
    await this.sendPiece(topic, piece.slice(0, middle));
    await this.sendPiece(topic, piece.slice(middle));
  }

  /** Says so once, and waits longer each time. */
  private async failed(topic: string, lane: Lane, error: unknown): Promise<void> {
    lane.failures += 1;
    if (lane.failures === 1)
      this.options.logger[isOutage(error) ? 'warn' : 'error']({ topic, error: describeError(error) }, 'outbox.waits');
    if (isMissingTopic(error) && (await this.created(topic, lane))) return;
    const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(lane.failures, 10));
    lane.retryAt = performance.now() + ms;
    if (!this.stopped) lane.timer = setTimeout(() => this.options.wake(), ms);
  }

  private async created(topic: string, { failures }: Lane): Promise<boolean> {
    if (this.stopped) return false;
    try {
      return await this.options.createTopic(topic);
    } catch (error) {
      this.options.logger[failures === 1 ? 'warn' : 'debug'](
        { topic, error: describeError(error) },
        'outbox.topic-not-created',
      );
      return false;
    }
  }
}

/** Whether all that is being sent ended in time. */
async function sentWithin(ms: number, lanes: Lane[]): Promise<boolean> {
  const sending = lanes.flatMap((lane) => lane.sending ?? []);
  if (sending.length === 0) return true;
  const all = Promise.all(sending).then(() => true);
  return within(ms, all, () => false);
}

function byTopic(rows: OutboxRow[]): Map<string, OutboxRow[]> {
  const topics = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const own = topics.get(row.topic);
    if (own) own.push(row);
    else topics.set(row.topic, [row]);
  }
  return topics;
}
