import { setTimeout as wait } from 'node:timers/promises';
import { UnreadableEvent } from '#libs/contracts';
import type { KafkaLogger } from './logger.js';
import { NoLongerOwned, RecordTooLarge, backoffMs, isOutage } from './outage.js';
import type { Publisher } from './publisher.js';
import { MAX_RECORD_BYTES, sizeOf } from './record-size.js';
import type { InboundRecord } from './records.js';
import type { OutboundRecord } from './outbound-record.js';
import { UndecodableRecords } from './undecodable-batch.js';

/**
 * What becomes of a record whose handler failed:
 * it can never be read → dead letter at once; an outage → tried again until it is over, nothing is committed past it;
 * anything else, a bug of ours → tried a few times, then dead letter.
 */
export interface FailurePolicy {
  publisher: Pick<Publisher, 'publish'>;
  /** Where records of a topic go that cannot be handled. */
  deadLetterTopic: (topic: string) => string;
  /** For faults that are not outages; 5 by default. */
  maxTries?: number;
}

const MAX_TRIES = 5;
const REASON_LENGTH = 500;

/** Handles one record to its end, done or dead-lettered. False where it is no longer ours and stays unfinished. */
export async function handleRecord(
  handle: () => Promise<void>,
  record: InboundRecord,
  policy: FailurePolicy,
  logger: KafkaLogger,
): Promise<boolean> {
  const { topic, partition, offset } = record;
  let faults = 0;
  for (let tries = 0; ; tries += 1) {
    try {
      await handle();
      return true;
    } catch (error) {
      if (!record.owned) return false;
      if (isOutage(error)) {
        if (tries === 0)
          logger.warn({ topic, partition, offset, reason: (error as Error).message }, 'record.waits-for-outage');
      } else if (!(error instanceof NoLongerOwned)) {
        // NoLongerOwned while the record is ours: only the work for its key went elsewhere, so that it is handled again
        faults += 1;
        const hopeless =
          error instanceof UnreadableEvent ||
          error instanceof RecordTooLarge ||
          faults >= (policy.maxTries ?? MAX_TRIES);
        if (hopeless) return deadLetter(record, error, policy, logger);
        logger.error({ topic, partition, offset, faults, error }, 'record.failed');
      }
      await wait(backoffMs(tries));
      if (!record.owned) return false;
    }
  }
}

async function deadLetter(
  record: InboundRecord,
  error: unknown,
  { publisher, deadLetterTopic }: FailurePolicy,
  logger: KafkaLogger,
): Promise<boolean> {
  const { topic, partition, offset } = record;
  logger.error({ topic, partition, offset, error }, 'record.dead-lettered');
  const letter = deadLetterRecord(record, error);
  for (let tries = 0; record.owned; tries += 1) {
    try {
      await publisher.publish(deadLetterTopic(topic), letter);
      return true;
    } catch (reason) {
      if (tries === 0) logger.error({ topic, partition, offset, error: reason }, 'record.not-dead-lettered-yet');
      await wait(backoffMs(tries)); // whatever the fault: without its dead letter the record would be lost, or hold up its partition for ever
    }
  }
  return false;
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof UndecodableRecords) return 'undecodable';
  return error instanceof UnreadableEvent ? 'unreadable' : undefined;
}

/**
 * The original key, bytes and headers, with where it came from and what is wrong with it. Of a record that is too large
 * with that added, only where it lies and how large it is.
 */
export function deadLetterRecord(record: InboundRecord, error: unknown): OutboundRecord {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const { topic, partition, offset, key, value, headers } = record;
  const about = {
    'np-original-topic': topic,
    'np-original-partition': String(partition),
    'np-original-offset': offset,
    ...(error instanceof UndecodableRecords
      ? { 'np-original-offset': error.firstOffset, 'np-original-last-offset': error.lastOffset }
      : {}),
    'np-error-code': codeOf(error) ?? name,
    'np-error-reason': message.slice(0, REASON_LENGTH),
  };
  const whole = { key, value, headers: { ...headers, ...about } };
  const bytes = sizeOf(whole);
  if (bytes <= MAX_RECORD_BYTES) return whole;
  const short = { key, value: null, headers: { ...about, 'np-omitted-bytes': String(bytes) } };
  return sizeOf(short) <= MAX_RECORD_BYTES ? short : { ...short, key: null };
}
