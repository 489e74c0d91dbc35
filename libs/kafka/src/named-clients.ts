import type { Batch, Consumer, ConsumerRunConfig, EachBatchPayload, Message, Producer } from 'kafkajs';
import type { Access } from './access.js';
import type { AdminClient } from './patches/admin-client.js';
import type { TopicNames } from './topic-names.js';

/**
 * The border between our names and the brokers': what goes out has the brokers' names, what comes in has ours. It is also
 * where each refusal of a topic or a group passes by, and is noted.
 */
export interface Border {
  names: TopicNames;
  access: Access;
}

/** The header that names a topic: a person looks for it with tools that know nothing of prefixes. */
const ORIGIN = 'np-original-topic';

export function namedProducer(producer: Producer, { names, access }: Border): Producer {
  const send: Producer['send'] = async (record) => {
    const topic = names.physical(record.topic);
    const messages = names.same ? record.messages : record.messages.map((message) => outbound(message, names));
    try {
      const sent = await producer.send({ ...record, topic, messages });
      access.succeeded(`write ${topic}`);
      return sent;
    } catch (error) {
      access.failed(`write ${topic}`, error, { topic });
      throw error;
    }
  };
  return { ...producer, send };
}

function outbound(message: Message, names: TopicNames): Message {
  const origin = message.headers?.[ORIGIN];
  if (typeof origin !== 'string') return message;
  return { ...message, headers: { ...message.headers, [ORIGIN]: names.physical(origin) } };
}

type Named = { topic: string };
type Listener = (event: { payload?: object }) => unknown;

export function namedConsumer(consumer: Consumer, groupId: string, { names, access }: Border): Consumer {
  const group = names.group(groupId);
  const physical = <T extends Named>(one: T): T => ({ ...one, topic: names.physical(one.topic) });
  let topics: string[] = [];
  const noted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      access.failed(`group ${group}`, error, { groupId: group, topics });
      throw error;
    }
  };
  consumer.on(consumer.events.GROUP_JOIN, () => access.succeeded(`group ${group}`));
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    access.failed(`group ${group}`, payload.error, { groupId: group, topics });
  });
  return {
    ...consumer,
    subscribe: (wish) => {
      topics = ('topics' in wish ? wish.topics : [wish.topic]).map((topic) => names.physical(String(topic)));
      return noted(consumer.subscribe({ topics, fromBeginning: wish.fromBeginning }));
    },
    run: (config) => noted(consumer.run(names.same ? config : inbound(config!, names))),
    pause: (some) => consumer.pause(some.map(physical)),
    resume: (some) => consumer.resume(some.map(physical)),
    seek: (at) => consumer.seek(physical(at)),
    commitOffsets: (offsets) => consumer.commitOffsets(offsets.map(physical)),
    on: ((event: never, listener: Listener) =>
      consumer.on(event, (told: { payload?: object }) =>
        listener(names.same || !told.payload ? told : { ...told, payload: logicalPayload(told.payload, names) }),
      )) as Consumer['on'],
  };
}

function inbound(config: ConsumerRunConfig, names: TopicNames): ConsumerRunConfig {
  return {
    ...config,
    eachBatch: async (payload: EachBatchPayload) => {
      const batch = Object.create(payload.batch, { topic: { value: names.logical(payload.batch.topic) } }) as Batch;
      await config.eachBatch!({ ...payload, batch });
    },
  };
}

/** An event's names, under whichever of these fields it has them. */
function logicalPayload(payload: object, names: TopicNames): object {
  const { topic, topics, memberAssignment } = payload as {
    topic?: string;
    topics?: string[];
    memberAssignment?: Record<string, number[]>;
  };
  const renamed = (byTopic: Record<string, number[]>): Record<string, number[]> =>
    Object.fromEntries(Object.entries(byTopic).map(([name, partitions]) => [names.logical(name), partitions]));
  return {
    ...payload,
    ...(topic === undefined ? {} : { topic: names.logical(topic) }),
    ...(topics === undefined ? {} : { topics: topics.map((name) => names.logical(name)) }),
    ...(memberAssignment === undefined ? {} : { memberAssignment: renamed(memberAssignment) }),
  };
}

/** Of kafkajs' admin, only what is named here has our names. */
export function namedAdmin(admin: AdminClient, names: TopicNames): AdminClient {
  const physical = (topic: string): string => names.physical(topic);
  return {
    ...admin,
    listTopics: async () =>
      (await admin.listTopics()).filter((topic) => names.has(topic)).map((topic) => names.logical(topic)),
    createTopics: (wish) =>
      admin.createTopics({ ...wish, topics: wish.topics.map((one) => ({ ...one, topic: physical(one.topic) })) }),
    deleteTopics: (wish) => admin.deleteTopics({ ...wish, topics: wish.topics.map(physical) }),
    createPartitions: ({ topicPartitions, ...rest }) =>
      admin.createPartitions({
        ...rest,
        topicPartitions: topicPartitions.map((one) => ({ ...one, topic: physical(one.topic) })),
      }),
    deleteTopicRecords: (wish) => admin.deleteTopicRecords({ ...wish, topic: physical(wish.topic) }),
    fetchOffsets: async ({ groupId, topics, ...rest }) => {
      const wish = { ...rest, groupId: names.group(groupId), topics: topics?.map(physical) };
      return (await admin.fetchOffsets(wish)).map((one) => ({ ...one, topic: names.logical(one.topic) }));
    },
    fetchTopicMetadata: async (wish) => {
      const { topics } = await admin.fetchTopicMetadata(wish && { topics: wish.topics.map(physical) });
      return { topics: topics.map((one) => ({ ...one, name: names.logical(one.name) })) };
    },
    describeConfigs: async (wish) => {
      const resources = wish.resources.map((one) => ({ ...one, name: physical(one.name) }));
      const answer = await admin.describeConfigs({ ...wish, resources });
      const named = answer.resources.map((one) => ({ ...one, resourceName: names.logical(one.resourceName) }));
      return { ...answer, resources: named };
    },
    fetchTopicOffsets: (topic) => admin.fetchTopicOffsets(physical(topic)),
    fetchTopicOffsetsByTimestamp: (topic, timestamp) => admin.fetchTopicOffsetsByTimestamp(physical(topic), timestamp),
    fetchTopicEnds: (topic) => admin.fetchTopicEnds(physical(topic)),
    describeTopics: async (topics, version) => {
      const states = await admin.describeTopics(topics.map(physical), version);
      return new Map([...states].map(([topic, state]) => [names.logical(topic), state]));
    },
  };
}
