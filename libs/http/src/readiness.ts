import { Injectable } from '@nestjs/common';
import { within } from '#libs/deadline';

/** True where the part does its work; undefined where that cannot be known now. A rejection counts as false. */
export type ReadinessCheck = () => boolean | undefined | Promise<boolean | undefined>;

export interface CheckOptions {
  /** The API cannot be answered where this does not hold, so that load balancers send their calls elsewhere. */
  serving?: boolean;
}

export type CheckState = 'up' | 'down' | 'unknown';

interface Entry {
  check: ReadinessCheck;
  serving: boolean;
  asked: Promise<CheckState> | undefined;
}

/** A check that has not answered by then is down. */
const CHECK_WITHIN_MS = 2_000;

/** What each part of the service says of itself: whether events pass, and whether the API can be answered. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, Entry>();
  private stopped = false;

  /** Each part adds its own check; `name` is what operators read in `/health/ready` and in the gauge `service_ready`. */
  add(name: string, check: ReadinessCheck, { serving = false }: CheckOptions = {}): void {
    this.checks.set(name, { check, serving, asked: undefined });
  }

  /** From now on the service takes no new work. */
  stop(): void {
    this.stopped = true;
  }

  get stopping(): boolean {
    return this.stopped;
  }

  /** The state of every check by name, or of those alone that serving needs; takes two seconds at most. */
  async states({ servingOnly = false } = {}): Promise<[name: string, state: CheckState][]> {
    const entries = [...this.checks].filter(([, { serving }]) => serving || !servingOnly);
    return Promise.all(entries.map(async ([name, entry]) => [name, await stateOf(entry)] as [string, CheckState]));
  }
}

/** Asked once at a time: a check that hangs is not begun again by every probe. */
async function stateOf(entry: Entry): Promise<CheckState> {
  entry.asked ??= ask(entry.check).finally(() => (entry.asked = undefined));
  return within<CheckState, CheckState>(CHECK_WITHIN_MS, entry.asked, () => 'down');
}

async function ask(check: ReadinessCheck): Promise<CheckState> {
  try {
    const holds = await check();
    if (holds === undefined) return 'unknown';
    return holds ? 'up' : 'down';
  } catch {
    return 'down'; // why it fails is said by those who call what is away
  }
}
