import { Inject, Injectable } from '@nestjs/common';
import type { UnknownVocabulary } from '#libs/contracts';
import { Counter, LOGGER, Registry, type Logger } from '#libs/observability';
import type { TimeOfEvent } from '../ledger/recorded-at.js';

const RESULTS = ['routed', 'unmatched', 'unknown_type', 'unknown_environment', 'unreadable'] as const;
export type RoutingResult = (typeof RESULTS)[number];
const FAR = ['late', 'ahead'] as const;

/** A publisher whose clock is wrong sends many events: it is named once in a while. */
const SAY_EVERY_MS = 60_000;

/** What became of the events of one chunk; counted once the chunk is through, since one that fails goes again. */
export class RoutedChunk {
  readonly results = new Map<RoutingResult, number>();
  readonly times = new Map<TimeOfEvent, number>();
  readonly unknown: UnknownVocabulary[] = [];
  /** The first event time that lies far from ours, for the log line. */
  example: string | undefined;

  add(result: RoutingResult): void {
    this.results.set(result, (this.results.get(result) ?? 0) + 1);
  }

  addUnknown(error: UnknownVocabulary): void {
    this.unknown.push(error);
    this.add(error.vocabulary === 'type' ? 'unknown_type' : 'unknown_environment');
  }

  addTime(kind: TimeOfEvent, time: string): void {
    if (kind === 'near') return;
    this.times.set(kind, (this.times.get(kind) ?? 0) + 1);
    this.example ??= time;
  }
}

/** Says what becomes of events: an event that nobody receives is no fault, but somebody must be able to see it. */
@Injectable()
export class RoutingCounts {
  private readonly events: Counter<'result'>;
  private readonly times: Counter<'kind'>;
  private saidAt = -Infinity;

  constructor(
    registry: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const registers = [registry];
    this.events = new Counter({
      name: 'routing_events_total',
      help: 'Release events by what became of them; unmatched ones match no integration',
      labelNames: ['result'],
      registers,
    });
    this.times = new Counter({
      name: 'routing_event_times_total',
      help: 'Release events whose own time lies so far from ours that they are recorded under ours',
      labelNames: ['kind'],
      registers,
    });
    for (const result of RESULTS) this.events.inc({ result }, 0);
    for (const kind of FAR) this.times.inc({ kind }, 0);
  }

  count({ results, times, unknown, example }: RoutedChunk): void {
    for (const [result, count] of results) this.events.inc({ result }, count);
    for (const [kind, count] of times) this.times.inc({ kind }, count);
    for (const [word, vocabulary] of new Map(unknown.map((error) => [error.word, error.vocabulary]))) {
      const events = unknown.filter((error) => error.word === word).length;
      this.logger.info({ vocabulary, word, events }, 'event.not-known-here');
    }
    if (times.size > 0) this.sayTimes(times, example);
  }

  private sayTimes(times: ReadonlyMap<TimeOfEvent, number>, example: string | undefined): void {
    if (performance.now() - this.saidAt < SAY_EVERY_MS) return;
    this.saidAt = performance.now();
    this.logger.warn({ ...Object.fromEntries(times), example }, 'event.time-far-from-ours');
  }
}
