import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ConsumerGroups } from './consumer-groups.js';

const LOOK_EVERY_MS = 1_000;
/** A start or a rebalance takes a few seconds: it is not reported. */
const TOLD_AFTER_MS = 10_000;

/** Since when this instance takes nothing from the brokers: until then releases wait, whatever their destination. */
@Injectable()
export class Standstill implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  /** Of `performance.now()`. */
  private began: number | undefined;

  constructor(private readonly groups: ConsumerGroups) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  get since(): Date | undefined {
    const lasts = this.began === undefined ? 0 : performance.now() - this.began;
    return lasts < TOLD_AFTER_MS ? undefined : new Date(Date.now() - lasts);
  }

  private look(): void {
    this.began = this.groups.ready ? undefined : (this.began ?? performance.now());
  }
}
