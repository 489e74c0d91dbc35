import { replaceModule } from './replace-module.js';

type Attempt = (bail: (error: unknown) => void, count: number, timeMs: number) => Promise<unknown>;
type Retrier = (attempt: Attempt) => Promise<unknown>;
type CreateSend = (options: { retrier: Retrier }) => (request: object) => Promise<unknown>;

/**
 * Within one send kafkajs asks no broker again that has answered. Where another one died, and its partitions went to one that
 * had answered for its own, their records were never sent, and the send succeeded. So each try is a send of its own: what
 * was taken before may come twice.
 */
const wholeAgain =
  (createSend: CreateSend): CreateSend =>
  (options) =>
  (request) =>
    options.retrier((bail, count, timeMs) =>
      createSend({ ...options, retrier: (attempt) => attempt(bail, count, timeMs) })(request),
    );

replaceModule<CreateSend>('kafkajs/src/producer/sendMessages.js', wholeAgain);
