/** Refused for what the record is: the brokers will never take it. @see https://kafka.apache.org/protocol.html#protocol_error_codes */
const OF_THE_RECORD = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'INVALID_TOPIC_EXCEPTION',
]);

/** The broker's own codes in a fault, which kafkajs may have wrapped. */
function* codesOf(error: unknown): Generator<string> {
  for (let at = error as Fault | undefined; typeof at === 'object' && at !== null; at = at.cause ?? at.originalError) {
    if (typeof at.type === 'string') yield at.type;
    if (at.name === 'RecordTooLarge') yield 'MESSAGE_TOO_LARGE';
  }
}

interface Fault {
  name?: unknown;
  type?: unknown;
  cause?: Fault;
  originalError?: Fault;
}

/** Whether trying again cannot help, because of what one of the records is. */
export function isRefusal(error: unknown): boolean {
  for (const code of codesOf(error)) if (OF_THE_RECORD.has(code)) return true;
  return false;
}

/** Whether the topic is not there. */
export function isMissingTopic(error: unknown): boolean {
  for (const code of codesOf(error)) if (code === 'UNKNOWN_TOPIC_OR_PARTITION') return true;
  return false;
}
