import { RELEASES_SOURCE, RELEASE_EVENTS, TOPICS } from '#libs/contracts';

const { deadLetterTopic } = RELEASE_EVENTS;
const { partitions } = TOPICS.releaseEvents;

/** What the schema cannot say to those who publish release events beside us. */
export const FOR_PUBLISHERS = [
  'For publishers of their own:',
  '',
  `- **Id and source.** An event is its \`ce_source\` and its \`ce_id\` (CloudEvents 1.0), both compared as they are written. The same two again are the same event, whatever else differs and on whichever partition, and nobody is notified twice; so publishing again after a failure is always safe. The same id of two sources is two events. A source is a URI or a path of your own, 500 characters at most. Without one, and with \`${RELEASES_SOURCE}\`, the id alone counts, among ours: send one. An id has 1 to 100 characters and no dot.`,
  '- **Time.** `ce_time` is required, RFC 3339 with any offset, read to the millisecond, and shown to people. Where it is more than 24 hours ago or more than 5 minutes ahead, deliveries are listed and kept under the time at which they were routed.',
  '- **Types, environments, fields.** Fields that are not known here are ignored. An event of a type or an environment that is not known here is passed over: nobody is notified, it is counted (`routing_events_total`) and logged, and it is no error. Sent again after an upgrade of this system, it is delivered.',
  `- **Malformed records** go to \`${deadLetterTopic}\` as they were, with the reason in \`np-error-reason\`, and hold up nothing. Publish them again once they are right.`,
  '- **Projects.** An event goes to the integrations of its `organizationId` whose route matches its `project.id`. Neither is looked up: the project and its name are what the event says.',
  `- **Key and partition.** The key is \`project.id\`. Events stay in order where they lie on one partition of the ${partitions}: choose it as the Java client does (murmur2 of the key). Clients made of librdkafka (Go, Python, .NET, Node) do so with \`partitioner=murmur2_random\`; by default they hash otherwise, and events of one project that come from you and from the releases service may then be delivered out of order. Beyond order nothing depends on key or partition, and \`release.revision\` says which event is newer.`,
  '- **Media type.** `application/json`, or none, for binary mode. `application/cloudevents+json` for structured mode, with the event in `data`; `data_base64` and batches are not read. Media types ignore case; names of headers do not.',
  '- **Compression.** gzip, snappy, lz4 and zstd are read.',
  '- **Transactions.** Only what is committed is read. What is aborted is never delivered. A transaction that is open holds up what lies behind it on its partitions, of all publishers, until it ends or its `transaction.timeout.ms` is over, also where its producer has died: keep both short.',
  '- **Size.** Up to 850,000 bytes a record, key and headers included, where the brokers take as much (`message.max.bytes`). What is larger than that may become too large on its way, and is then set aside with the code `RecordTooLarge`. Each field has a limit of its own in the schema.',
  '- **Acknowledgement.** Publish with `acks=all`: what a broker alone has may be lost with it.',
].join('\n');
