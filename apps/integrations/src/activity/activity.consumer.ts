import { Controller } from '@nestjs/common';
import {
  ACTIVITY,
  RELEASE_EVENTS,
  UnknownVocabulary,
  parseEvent,
  parseReleaseEvent,
  type Activity,
  type RawRecord,
} from '#libs/contracts';
import { ConsumeBatches, type RecordBatch } from '#libs/kafka';
import { ActivityQueries } from './activity.queries.js';
import { releaseActivity } from './release-activity.js';

/** The Kafka server that feeds what is kept of activity. */
export const KEEPING_ACTIVITY = Symbol('integrations.activity');

/** Keeps who did what: as `activity` tells it, and of releases as their events do. */
@Controller()
export class ActivityConsumer {
  constructor(private readonly activity: ActivityQueries) {}

  @ConsumeBatches(ACTIVITY.topic, KEEPING_ACTIVITY)
  consume(batch: RecordBatch): void {
    batch.inOrder((records) => this.activity.keep(records.map((record) => parseEvent(ACTIVITY, record))));
  }

  @ConsumeBatches(RELEASE_EVENTS.topic, KEEPING_ACTIVITY)
  consumeReleases(batch: RecordBatch): void {
    batch.inOrder((records) => this.activity.keep(records.flatMap(ofRelease)));
  }
}

/** A kind of event that is not known here is told by the version that knows it. */
function ofRelease(record: RawRecord): Activity[] {
  try {
    return [releaseActivity(parseReleaseEvent(record))];
  } catch (error) {
    if (error instanceof UnknownVocabulary) return [];
    throw error;
  }
}
