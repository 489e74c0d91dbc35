import type { AdminClient } from './patches/admin-client.js';
import type { KafkaLogger } from './logger.js';
import type { TopicState } from './topic-metadata.js';

/**
 * How a topic is now, and what became of it:
 * `seen` for the first time; `recreated` after it was deleted; `resized` to another number of partitions; `vanished`.
 */
export interface TopicChange extends TopicState {
  topic: string;
  kind: 'seen' | 'recreated' | 'resized' | 'vanished';
  before: TopicState | undefined;
}

export type TopicListener = (change: TopicChange) => void;

interface Watched {
  listeners: Set<TopicListener>;
  state: TopicState | undefined;
  /** Ids that it had: a broker that is behind may still answer with one of them. */
  formerIds: Set<string>;
  /** Answers in a row that do not have it. */
  missing: number;
}

export interface TopicWatchOptions {
  admin: () => Promise<Pick<AdminClient, 'describeTopics'>>;
  logger: KafkaLogger;
  intervalMs?: number;
}

const INTERVAL_MS = 1_000;
/** A broker that has just started may not know a topic yet. */
const GONE_AFTER = 2;

/**
 * Notices that a topic was deleted, created again or given more partitions, within a second or two: one request a
 * second for all topics that somebody watches, none while nobody does. Brokers that do not answer are not a change.
 */
export class TopicWatch {
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly options: TopicWatchOptions) {}

  /** The listener gets `seen` as soon as the topic is known, then each change. Answers with what ends that. */
  watch(topic: string, listener: TopicListener): () => void {
    const watched = this.watched.get(topic) ?? {
      listeners: new Set(),
      state: undefined,
      formerIds: new Set(),
      missing: 0,
    };
    this.watched.set(topic, watched);
    watched.listeners.add(listener);
    if (watched.state) {
      const { state } = watched;
      queueMicrotask(() => {
        if (watched.listeners.has(listener)) this.tell(listener, { topic, kind: 'seen', ...state, before: undefined });
      });
    } else void this.check();
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.watched.get(topic) === watched) this.watched.delete(topic);
    };
  }

  /** As of the last answer; undefined before the first one, and for a topic that nobody watches. */
  stateOf(topic: string): TopicState | undefined {
    return this.watched.get(topic)?.state;
  }

  /** Asks now. Resolves when the answer has been passed on, or there was none. */
  async check(): Promise<void> {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
      if (this.closed || this.watched.size === 0) return;
      this.timer = setTimeout(() => void this.check(), this.options.intervalMs ?? INTERVAL_MS).unref();
    });
    await this.asking;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.watched.clear();
  }

  private async ask(): Promise<void> {
    await Promise.resolve(); // topics that are watched in the same tick go along
    const topics = [...this.watched.keys()];
    if (topics.length === 0) return;
    try {
      const admin = await this.options.admin();
      const states = await admin.describeTopics(topics);
      if (this.closed) return;
      for (const topic of topics) this.compare(topic, states.get(topic));
    } catch (error) {
      this.options.logger.debug({ reason: String(error) }, 'kafka.topics-not-described');
    }
  }

  private compare(topic: string, state: TopicState | undefined): void {
    const watched = this.watched.get(topic);
    if (!watched || !state) return;
    watched.missing = state.partitions === 0 ? watched.missing + 1 : 0;
    const kind = kindOf(watched, state);
    if (kind === undefined) return;
    const before = watched.state;
    if (before?.id && kind === 'recreated') watched.formerIds.add(before.id);
    // the id of a topic that vanished is kept: the same one may come back, from a broker that had not known it yet
    watched.state = kind === 'vanished' ? { id: before!.id, partitions: 0 } : state;
    for (const listener of watched.listeners) this.tell(listener, { topic, kind, ...watched.state, before });
  }

  private tell(listener: TopicListener, change: TopicChange): void {
    try {
      listener(change);
    } catch (error) {
      this.options.logger.error({ topic: change.topic, kind: change.kind, error }, 'kafka.topic-listener-failed');
    }
  }
}

function kindOf({ state: before, formerIds, missing }: Watched, now: TopicState): TopicChange['kind'] | undefined {
  if (now.partitions === 0) return before && before.partitions > 0 && missing >= GONE_AFTER ? 'vanished' : undefined;
  if (!before) return 'seen';
  if (now.id !== null && formerIds.has(now.id)) return undefined;
  if (now.id !== before.id) return 'recreated';
  if (before.partitions === 0) return now.id === null ? 'recreated' : 'resized';
  if (now.partitions > before.partitions) return 'resized';
  // only where it was deleted does a topic have fewer; with the same id that is a broker which is behind
  return now.partitions < before.partitions && now.id === null ? 'recreated' : undefined;
}
