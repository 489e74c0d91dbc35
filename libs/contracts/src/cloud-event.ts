import { uuidv7 } from './ids.js';

export interface CloudEventAttributes {
  id: string;
  type: string;
  source: string;
  time: string;
  subject?: string;
}

/**
 * Headers of a CloudEvents 1.0 record in Kafka's binary mode.
 * @see https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md
 */
export function cloudEventHeaders(attributes: CloudEventAttributes): Record<string, string> {
  return {
    ce_specversion: '1.0',
    ce_id: attributes.id,
    ce_type: attributes.type,
    ce_source: attributes.source,
    ce_time: attributes.time,
    ...(attributes.subject === undefined ? {} : { ce_subject: attributes.subject }),
    'content-type': 'application/json',
  };
}

/** Headers for a record whose id matters to nobody but a log: a new id, the time now. */
export function freshHeaders(type: string, source: string, subject: string): Record<string, string> {
  return cloudEventHeaders({ id: uuidv7(), type, source, time: new Date().toISOString(), subject });
}
