import { Injectable } from '@nestjs/common';

/** True where the part can do its work; a rejection counts as false. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

/** What must hold before this instance is given work. Each part of the service adds its own check. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  entries(): [string, ReadinessCheck][] {
    return [...this.checks];
  }
}
