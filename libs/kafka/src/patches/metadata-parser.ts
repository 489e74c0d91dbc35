import { createRequire } from 'node:module';
import { replaceModule } from './replace-module.js';

/** kafkajs' answer about topics, decoded. */
interface Metadata {
  topicMetadata: { topicErrorCode: number; topic: string }[];
}

interface MetadataResponse {
  decode: (payload: Buffer) => Promise<Metadata>;
  parse: (metadata: Metadata) => Promise<Metadata>;
}

const NO_ERROR = 0;
const UNKNOWN_TOPIC = 3;

/**
 * kafkajs refuses an answer as a whole where one of its topics is not there or one partition has no leader: whoever
 * deals with several topics then stands still for all of them. A topic that is not there stays in as one without
 * partitions, a partition without a leader as one that no broker has. Other errors of a topic are thrown as before.
 */
async function parse(metadata: Metadata): Promise<Metadata> {
  const failed = metadata.topicMetadata.find(
    ({ topicErrorCode }) => topicErrorCode !== NO_ERROR && topicErrorCode !== UNKNOWN_TOPIC,
  );
  if (failed) throw createErrorFromCode(failed.topicErrorCode);
  return metadata;
}

// all later versions of the answer take over the parser of the first
replaceModule<MetadataResponse>('kafkajs/src/protocol/requests/metadata/v0/response.js', (original) => ({
  ...original,
  parse,
}));

/** Loaded after the above, so that nothing of kafkajs keeps its own parser. */
const { createErrorFromCode } = createRequire(import.meta.url)('kafkajs/src/protocol/error') as {
  createErrorFromCode: (code: number) => Error;
};
