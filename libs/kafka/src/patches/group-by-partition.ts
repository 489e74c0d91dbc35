import { partitionFor } from '../partitioner.js';
import { replaceModule } from './replace-module.js';

/** A record as kafkajs' producer groups it. */
interface Grouped {
  partition?: number | null;
  key?: Buffer | string | null;
}

interface ToGroup<M extends Grouped> {
  topic: string;
  partitionMetadata: { partitionId: number }[];
  messages: M[];
  /** kafkajs' own, for records without a key. */
  partitioner: (one: { topic: string; partitionMetadata: { partitionId: number }[]; message: M }) => number;
}

/** Records by partition, in their order. kafkajs copies a partition's list for each record that it adds. */
export function groupByPartition<M extends Grouped>(send: ToGroup<M>): Record<number, M[]> {
  const { topic, partitionMetadata, messages, partitioner } = send;
  const groups: Record<number, M[]> = {};
  if (partitionMetadata.length === 0) return groups;
  for (const message of messages) {
    const { key } = message;
    const partition =
      message.partition ??
      (key === null || key === undefined
        ? partitioner({ topic, partitionMetadata, message })
        : partitionFor(key, partitionMetadata.length));
    (groups[partition] ??= []).push(message);
  }
  return groups;
}

replaceModule('kafkajs/src/producer/groupMessagesPerPartition.js', () => groupByPartition);
