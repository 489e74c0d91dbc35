import { describeError, type Logger } from '#libs/observability';
import { INSTANCE, RelaySession, applicationName, type LockHolder, type OutboxRow } from './relay-session.js';
import { TopicLanes, type InFlight, type TopicLanesOptions } from './topic-lanes.js';

export interface RelayOptions extends Pick<TopicLanesOptions, 'publisher' | 'createTopic'> {
  service: string;
  databaseUrl: string;
  /** Topics of states: what was published there is not kept. */
  stateTopics: readonly string[];
  logger: Logger;
  /** Told the ids that are on their topics and gone from the table. */
  onPublished: (ids: string[]) => void;
  /** This instance is the one that publishes from now on. */
  onLead: () => void;
}

const POLL_MS = 1_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** A takeover takes a second or two. */
const LED_WITHIN_MS = 10_000;
/** A relay asks something every second. */
const HANGS_AFTER_S = 10;
/** What was sent from memory is noted together, so often or when it is so much: no one waits for that. */
const NOTE_EVERY_MS = 100;
const NOTE_AT = 200;
/** Each statement looks through what is left of rows that are gone. To clear away a thousand takes a few milliseconds. */
const CLEAR_AWAY_AT = 1_000;

/**
 * Publishes the outbox of a service; of all its instances one does. Rows go out by id. An id is drawn inside the
 * transaction, so a change that was answered before another began has the smaller id, and was visible by the time the
 * other is: what is causally ordered stays ordered. Only changes that overlap may swap, and for one row locks forbid that.
 * What this process has just committed itself it need not read, as long as nothing older waits (ADR 30).
 * A crash between sending and deleting sends twice; it never loses. What this process knows it has sent it does not send
 * again, also where the deletion failed.
 */
export class Relay {
  private readonly lanes: TopicLanes;
  private session: RelaySession | undefined;
  private leading = false;
  private stopped = false;
  private mayPublish = false;
  private running: Promise<void> | undefined;
  private woken = false;
  private failures = 0;
  /** When somebody was last seen to lead, of `performance.now()`. */
  private ledAt = -Infinity;
  private complained = false;
  private noting: NodeJS.Timeout | undefined;
  /** Since it last cleared away. */
  private deleted = 0;
  /** Ends the sleep for want of work. */
  private wakeUp: (() => void) | undefined;
  /** Ends the sleep after a failure: only a stop does, since new messages do not bring the database back. */
  private giveUp: (() => void) | undefined;

  constructor(private readonly options: RelayOptions) {
    const { publisher, createTopic, logger } = options;
    this.lanes = new TopicLanes({
      publisher,
      createTopic,
      logger,
      wake: () => this.wake(),
      sentFromMemory: () => this.noteSoon(),
    });
  }

  get isLeader(): boolean {
    return this.leading;
  }

  /** Whether some instance, this one or another, was seen to do the relay's work within the last ten seconds. */
  get isLed(): boolean {
    return performance.now() - this.ledAt < LED_WITHIN_MS;
  }

  /** Leads, or waits to; publishes once `publish` was called. */
  start(): void {
    this.running ??= this.run();
  }

  /** The topics are there: what is in the table may go out. */
  publish(): void {
    this.mayPublish = true;
    this.wake();
  }

  /** There is something new in the table. */
  wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  /** What it holds, for `offer`: to be asked before rows are written. */
  inFlight(): InFlight {
    return this.lanes.inFlight();
  }

  /** Rows that were just committed: sends them without reading the table, where it may. Answers whether it does. */
  offer(rows: OutboxRow[], before: InFlight): boolean {
    return this.leading && this.mayPublish && !this.stopped && this.lanes.offer(rows, before);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    void this.lanes.stop();
    this.wake();
    this.giveUp?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.lead();
        await this.relay();
      } catch (error) {
        await this.failed(error);
      }
    }
    await this.release();
  }

  private async lead(): Promise<void> {
    while (!this.leading && !this.stopped) {
      const session = (this.session ??= await this.open());
      const locked = await session.lead();
      if (this.session !== session) continue; // it was lost with the answer under way
      this.leading = locked;
      if (locked) return this.options.onLead();
      this.look(await session.holder());
      await this.sleep();
    }
  }

  private async open(): Promise<RelaySession> {
    let session: RelaySession | undefined;
    const lost = (): void => {
      if (this.session !== session) return; // an older one that ends late
      this.leading = false;
      this.session = undefined;
      this.lanes.forgetQueued();
    };
    const { databaseUrl, service } = this.options;
    session = await RelaySession.open(databaseUrl, service, { wake: () => this.wake(), lost });
    return session;
  }

  /** Somebody else has the lock: a relay that works, or what keeps everything from going out? */
  private look(holder: LockHolder | undefined): void {
    const { application, idleSeconds } = holder ?? {};
    if (application === applicationName(this.options.service) && (idleSeconds ?? 0) < HANGS_AFTER_S) return this.led();
    if (this.isLed || this.complained || holder === undefined) return;
    this.complained = true;
    this.options.logger.warn({ instance: INSTANCE, lock: holder }, 'outbox.nobody-publishes');
  }

  private led(): void {
    this.ledAt = performance.now();
    if (this.complained) this.options.logger.info({}, 'outbox.published-again');
    this.complained = false;
  }

  /** Until the session is lost or something fails: reads, publishes, deletes. */
  private async relay(): Promise<void> {
    while (this.leading && this.session) {
      if (this.stopped && (await this.lanes.stop(), this.nothingToNote)) return;
      this.woken = false;
      const rows = await this.next(this.session);
      this.led();
      if (this.stopped) continue;
      if (rows.length > 0) await this.begin(rows);
      else if (!this.woken) await this.sleep();
    }
  }

  private get nothingToNote(): boolean {
    return this.lanes.sent.length === 0 && this.lanes.refused.length === 0;
  }

  private noteSoon(): void {
    if (this.lanes.sent.length >= NOTE_AT) this.wake();
    else this.noting ??= setTimeout(() => this.wake(), NOTE_EVERY_MS);
  }

  private async begin(rows: OutboxRow[]): Promise<void> {
    this.lanes.begin(rows);
    await this.lanes.settled();
  }

  /** Notes what became of earlier rows, and reads those that may be sent now. */
  private async next(session: RelaySession): Promise<OutboxRow[]> {
    const { stateTopics, logger, onPublished } = this.options;
    clearTimeout(this.noting);
    this.noting = undefined;
    for (let refused = this.lanes.refused[0]; refused; refused = this.lanes.refused[0]) {
      await session.setAside(refused, stateTopics);
      this.lanes.refused.shift();
      const { id, topic, key } = refused.row;
      this.lanes.noted([id]);
      logger.error({ id, topic, key, reason: refused.reason }, 'outbox.set-aside');
    }
    const sent = this.lanes.sent.slice();
    const rows = await session.next(sent, stateTopics, this.lanes.closed(), this.lanes.inFlight().ids);
    this.lanes.sent.splice(0, sent.length);
    this.lanes.noted(sent);
    if (sent.length > 0) onPublished(sent);
    this.deleted += sent.length;
    if (this.deleted >= CLEAR_AWAY_AT) {
      this.deleted = 0;
      await session.clearAway();
    }
    if (this.failures > 0) logger.info({ failures: this.failures }, 'outbox.recovered');
    this.failures = 0;
    return this.mayPublish ? rows : [];
  }

  /** Says so once, and waits longer each time. */
  private async failed(error: unknown): Promise<void> {
    this.failures += 1;
    if (this.failures === 1) this.options.logger.warn({ error: describeError(error) }, 'outbox.waits');
    if (this.stopped) return;
    const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.failures, 10));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.giveUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async release(): Promise<void> {
    const { session } = this;
    this.leading = false;
    this.session = undefined;
    try {
      await session?.close();
    } catch (error) {
      this.options.logger.debug({ error: describeError(error) }, 'outbox.session-not-closed');
    }
  }

  /** Until it is woken, or it is time to look. */
  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wakeUp?.(), POLL_MS);
      this.wakeUp = () => {
        clearTimeout(timer);
        this.wakeUp = undefined;
        resolve();
      };
    });
  }
}
