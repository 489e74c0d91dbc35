import { within } from '#libs/deadline';
import { MAX_RECORD_BYTES, MAX_SEND_RECORDS, isOutage, recordSize, type Publisher } from '#libs/kafka';
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
  /** Rows of the table were sent or are to be set aside, or something may be tried again. */
  wake: () => void;
  /** Rows were sent that nobody had to read from the table; noting that may wait. */
  sentFromMemory: () => void;
}

interface Lane {
  /** In their order; sent after what is being sent. */
  queue: OutboxRow[];
  sending: Promise<void> | undefined;
  /** Its send takes longer than the others are to wait. */
  slow: boolean;
  failures: number;
  /** Of `performance.now()`; nothing is sent before. */
  retryAt: number;
  timer?: NodeJS.Timeout;
}

/** What a relay held at one moment. */
export interface InFlight {
  ids: string[];
  forgotten: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
const SLOW_MS = 250;
/** What is on its way then is sent again by the next one. */
const STOP_WITHIN_MS = 10_000;
/** Rows of one topic that wait in memory; further ones wait in the table. */
const MAX_QUEUED = 1_000;

/**
 * Sends rows, each topic's in the order in which they were given, and for itself: a topic that is slow, missing or refused
 * holds up no other, and a record that the brokers never take holds up none of its own topic. Where a send fails, the
 * topic's rows are forgotten here: they are in the table, and are read again from there.
 */
export class TopicLanes {
  /** On their topics, but not known to be gone from the table. */
  readonly sent: string[] = [];
  /** To be set aside. */
  readonly refused: Refused[] = [];
  private readonly lanes = new Map<string, Lane>();
  /** Ids that wait here, are being sent, or were sent and are not noted: they must not be read from the table. */
  private readonly held = new Set<string>();
  private stopped = false;
  private ended: Promise<unknown> | undefined;
  private forgotten = 0;

  constructor(private readonly options: TopicLanesOptions) {}

  /** What is held now, and since when nothing was forgotten that had not been sent. */
  inFlight(): InFlight {
    return { ids: [...this.held], forgotten: this.forgotten };
  }

  /** Topics of which no more is to be read now: they wait before they try again, or have enough to do. */
  closed(): string[] {
    const now = performance.now();
    return [...this.lanes].filter(([, lane]) => isClosed(lane, now)).map(([topic]) => topic);
  }

  /** Sends rows after those that were given before; what is held already is left out. */
  begin(rows: OutboxRow[]): void {
    for (const [topic, own] of byTopic(rows.filter(({ id }) => !this.held.has(id)))) {
      const lane = this.laneOf(topic);
      for (const { id } of own) this.held.add(id);
      lane.queue.push(...own);
      if (!lane.sending) this.run(topic, lane);
    }
  }

  /**
   * Sends rows that were just committed, unless others have to be read from the table first: their topic is closed, or
   * something that was held when they were written has been forgotten. Answers whether it sends them.
   */
  offer(rows: OutboxRow[], before: InFlight): boolean {
    const now = performance.now();
    const may = ({ topic }: OutboxRow): boolean => !isClosed(this.laneOf(topic), now);
    if (this.stopped || before.forgotten !== this.forgotten || !rows.every(may)) return false;
    this.begin(rows);
    return true;
  }

  /** These are gone from the table. */
  noted(ids: string[]): void {
    for (const id of ids) this.held.delete(id);
  }

  /** Rows that were not begun are left to the next reader of the table. */
  forgetQueued(): void {
    for (const lane of this.lanes.values()) this.forget(lane, []);
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
    if (!lane) this.lanes.set(topic, (lane = { queue: [], sending: undefined, slow: false, failures: 0, retryAt: 0 }));
    return lane;
  }

  private run(topic: string, lane: Lane): void {
    const rows = lane.queue.splice(0, MAX_SEND_RECORDS);
    lane.sending = this.send(topic, lane, rows).finally(() => {
      lane.sending = undefined;
      lane.slow = false;
      if (lane.queue.length > 0 && !this.stopped) this.run(topic, lane);
      if (this.refused.length === 0 && lane.failures === 0 && rows.every(({ committedHere }) => committedHere))
        this.options.sentFromMemory();
      else this.options.wake();
    });
  }

  /** Rows that were not sent, and those behind them. */
  private forget(lane: Lane, rows: OutboxRow[]): void {
    const left = [...rows, ...lane.queue.splice(0)];
    if (left.length === 0) return;
    this.forgotten += 1;
    const kept = new Set([...this.sent, ...this.refused.map(({ row }) => row.id)]);
    for (const { id } of left) if (!kept.has(id)) this.held.delete(id);
  }

  private async send(topic: string, lane: Lane, rows: OutboxRow[]): Promise<void> {
    try {
      const now = performance.now();
      for (const piece of piecesOf(rows.map((row) => stamped(row, now)))) await this.sendPiece(topic, piece);
      if (lane.failures > 0) this.options.logger.info({ topic, failures: lane.failures }, 'outbox.recovered');
      lane.failures = 0;
    } catch (error) {
      this.forget(lane, rows);
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

const isClosed = ({ queue, slow, retryAt }: Lane, now: number): boolean =>
  slow || retryAt > now || queue.length >= MAX_QUEUED;

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
