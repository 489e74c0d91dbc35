import { setTimeout as wait } from 'node:timers/promises';
import { RELEASE_EVENTS } from '#libs/contracts';
import type { KafkaConnection } from '#libs/kafka';

export const ROUTING_GROUP = 'delivery.routing';
const LOOK_MS = 250;

/** How far routing has come, whichever instance has a partition of `release.events`: as its group has committed. */
export class RoutingProgress {
  /** By partition: everything below is routed. */
  private reached = new Map<number, number>();
  private asking: Promise<void> | undefined;

  constructor(private readonly connection: Pick<KafkaConnection, 'admin'>) {}

  /** Resolves when all of the partition below this offset is routed. @throws once the signal is aborted; the brokers' error */
  async reaches(partition: number, offset: number, signal: AbortSignal): Promise<void> {
    while (this.of(partition) < offset) {
      await (this.asking ??= this.ask());
      if (this.of(partition) < offset) await wait(LOOK_MS, undefined, { signal });
    }
  }

  private of(partition: number): number {
    return this.reached.get(partition) ?? 0; // where nothing is committed it is -1
  }

  private async ask(): Promise<void> {
    try {
      const admin = await this.connection.admin();
      const [answer] = await admin.fetchOffsets({ groupId: ROUTING_GROUP, topics: [RELEASE_EVENTS.topic] });
      this.reached = new Map(answer?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    } finally {
      this.asking = undefined;
    }
  }
}
