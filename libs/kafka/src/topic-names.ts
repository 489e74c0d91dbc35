/** Code has logical names of topics and groups; the brokers have them with a prefix. Both directions, each name made once. */
export class TopicNames {
  private readonly physicals = new Map<string, string>();
  private readonly logicals = new Map<string, string>();

  constructor(
    private readonly topicPrefix = '',
    private readonly groupPrefix = '',
  ) {}

  /** As the brokers know it. */
  physical(topic: string): string {
    return known(this.physicals, topic, () => this.topicPrefix + topic);
  }

  /** As code knows it. A topic of somebody else's keeps its name. */
  logical(topic: string): string {
    return known(this.logicals, topic, () => (this.has(topic) ? topic.slice(this.topicPrefix.length) : topic));
  }

  /** Whether the brokers' name is one of ours. */
  has(topic: string): boolean {
    return topic.startsWith(this.topicPrefix);
  }

  group(groupId: string): string {
    return this.groupPrefix + groupId;
  }

  /** Whether topics are called the same here and there. */
  get same(): boolean {
    return this.topicPrefix === '';
  }
}

function known(names: Map<string, string>, from: string, make: () => string): string {
  let to = names.get(from);
  if (to === undefined) names.set(from, (to = make()));
  return to;
}
