import { DELIVERY_REQUESTED } from '#libs/contracts';
import type { TopicListener } from '#libs/kafka';
import { Ownership } from './ownership.service.js';

/** What an instance that has all partitions, or none, knows of its integrations. */
export function buildOwnership({ ownsAll = true } = {}): Ownership {
  let seen: TopicListener = () => undefined;
  const topics = {
    watch: (_: string, listener: TopicListener) => {
      seen = listener;
      return () => undefined;
    },
  };
  const ownership = new Ownership({ topics });
  const { topic } = DELIVERY_REQUESTED;
  seen({ topic, kind: 'seen', id: 'x', partitions: 1, before: undefined });
  ownership.assign(new Map([[topic, new Set(ownsAll ? [0] : [])]]));
  return ownership;
}
