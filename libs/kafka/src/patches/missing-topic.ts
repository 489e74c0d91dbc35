import { KafkaUnavailable } from '../outage.js';
import { replaceModule } from './replace-module.js';

/** There is no topic of that name. It may be created again: the record waits. */
export class TopicMissing extends KafkaUnavailable {
  override readonly name = 'KafkaUnavailable';

  constructor(cause: unknown) {
    super('there is no topic of that name', { cause });
  }
}

type Bail = (error: unknown) => void;
type Attempt = (bail: Bail, count: number, timeMs: number) => Promise<unknown>;
type Retrier = (attempt: Attempt) => Promise<unknown>;
type CreateSend = (options: { retrier: Retrier }) => unknown;

const TRIES = 2;

/** kafkajs asks for a topic that is not there for twelve seconds. Metadata that was asked for twice is answer enough. */
const soonSure =
  (retrier: Retrier): Retrier =>
  (attempt) =>
    retrier(async (bail, count, timeMs) => {
      try {
        return await attempt(bail, count, timeMs);
      } catch (error) {
        if ((error as Error).name !== 'KafkaJSMetadataNotLoaded' || count < TRIES) throw error;
        return bail(new TopicMissing(error));
      }
    });

replaceModule<CreateSend>(
  'kafkajs/src/producer/sendMessages.js',
  (createSend) => (options) => createSend({ ...options, retrier: soonSure(options.retrier) }),
);
