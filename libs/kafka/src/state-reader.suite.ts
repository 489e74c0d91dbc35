import { UnreadableEvent } from '#libs/contracts';
import { StateReader, type InboundRecord, type KafkaConnection, type StateReaderOptions } from './index.js';

export interface Reading {
  reader: StateReader;
  /** The newest value of each key. */
  state: Map<string, string>;
  /** `key=value` of each record, in the order in which they came. */
  applied: string[];
  /** Keys of the records that it could not read: their value is `broken`. */
  unreadable: string[];
}

/** A reader of a state topic, not started yet. */
export function readStates(
  connection: KafkaConnection,
  topic: string,
  more: Partial<StateReaderOptions> = {},
): Reading {
  const state = new Map<string, string>();
  const applied: string[] = [];
  const unreadable: string[] = [];
  const apply = ({ key, value }: InboundRecord): void => {
    applied.push(`${key}=${String(value)}`);
    if (value === null) return void state.delete(key!);
    if (value.toString() === 'broken') throw new UnreadableEvent('broken');
    state.set(key!, value.toString());
  };
  const reader = new StateReader({
    connection,
    topic,
    groupPrefix: 'test.state',
    apply,
    onUnreadable: async ({ key }) => void unreadable.push(key!),
    onFatal: (error) => {
      throw error;
    },
    ...more,
  });
  return { reader, state, applied, unreadable };
}
