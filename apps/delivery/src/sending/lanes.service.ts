import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { QueueEvents } from '../ledger/queue-events.js';
import { Ownership } from '../ownership/ownership.service.js';
import { Concurrency } from './concurrency.js';
import { Lane, type Job } from './lane.js';
import { UNSEEN, shouldPark } from './should-park.js';

const LOOK_AT_LOAD_MS = 250;
/** Beyond so many, lanes with nothing to do are forgotten. */
const SWEEP_ABOVE = 1_000;

/** All destinations' lanes of this instance. */
@Injectable()
export class Lanes implements OnApplicationShutdown {
  private readonly lanes = new Map<string, Lane>();
  private timer: NodeJS.Timeout | undefined;
  private before = performance.eventLoopUtilization();
  private held = false;

  constructor(
    @Inject(Concurrency) private readonly concurrency: Pick<Concurrency, 'of'>,
    ownership: Ownership,
    private readonly queues: QueueEvents,
  ) {
    ownership.onLoss(() => this.keep(ownership.has));
  }

  of(integrationId: string): Lane {
    this.lookSoon();
    let lane = this.lanes.get(integrationId);
    if (!lane) {
      lane = new Lane(() => (this.held ? 0 : this.concurrency.of(integrationId)));
      this.lanes.set(integrationId, lane);
    }
    return lane;
  }

  /** A delivery that just arrived: behind those that wait in memory, or in the ledger where some wait there. */
  arrive(integrationId: string, job: Job): void {
    const lane = this.of(integrationId);
    if (lane.parked && job.park) job.park();
    else lane.push(job);
  }

  /** One of its deliveries was found to wait in the ledger: what comes from now on goes behind it. */
  goBehindParked(integrationId: string): void {
    const lane = this.of(integrationId);
    if (lane.parked) return;
    lane.parked = true;
    this.queues.queued(integrationId);
  }

  /** Begins nothing until `goOn`; what has begun goes on. */
  hold(): void {
    this.held = true;
  }

  goOn(): void {
    if (!this.held) return;
    this.held = false;
    for (const lane of this.lanes.values()) lane.goOn();
  }

  /** Drops the lanes of destinations that another instance has now. */
  private keep(owned: (integrationId: string) => boolean): void {
    for (const [id, lane] of this.lanes) {
      if (owned(id)) continue;
      this.lanes.delete(id);
      lane.drop();
    }
  }

  get waiting(): number {
    let sum = 0;
    for (const lane of this.lanes.values()) sum += lane.waiting;
    return sum;
  }

  get parked(): number {
    let sum = 0;
    for (const lane of this.lanes.values()) if (lane.parked) sum += 1;
    return sum;
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  /** Not at rest, when no lane has anything to do. */
  private lookSoon(): void {
    if (this.timer) return;
    this.before = performance.eventLoopUtilization();
    this.timer = setTimeout(() => this.lookAtLoad(), LOOK_AT_LOAD_MS).unref();
  }

  private lookAtLoad(): void {
    const utilization = performance.eventLoopUtilization(this.before);
    this.timer = undefined;
    if (this.waiting > 0 || this.lanes.size > SWEEP_ABOVE) this.lookSoon();
    if (this.held) return; // it waits for the group, whatever its destination's pace
    for (const [id, lane] of this.lanes) {
      if (lane.waiting >= UNSEEN && !lane.parked && shouldPark(lane.load, utilization.utilization)) this.park(id, lane);
      else if (this.lanes.size > SWEEP_ABOVE && lane.idle) this.lanes.delete(id);
    }
  }

  private park(id: string, lane: Lane): void {
    lane.park();
    this.queues.queued(id);
  }
}
