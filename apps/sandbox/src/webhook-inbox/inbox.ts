import { ANSWERS_OK, step, type Behaviour } from './behaviour.js';
import type { ReceivedRequest } from './received-request.js';

const KEPT = 200;

/** One webhook inbox: what came last, and how it answers. */
export class Inbox {
  signingSecret: string | null = null;
  behaviour: Behaviour = ANSWERS_OK;
  /** All that came since it was made, also what is no longer kept. */
  received = 0;
  private kept: ReceivedRequest[] = [];

  constructor(readonly name: string) {}

  /** How the request at hand is answered; counts down where the behaviour is for a number of requests. */
  takeBehaviour(): Behaviour {
    const { now, next } = step(this.behaviour);
    this.behaviour = next;
    return now;
  }

  keep(request: Omit<ReceivedRequest, 'id'>): ReceivedRequest {
    this.received += 1;
    const kept = { id: this.received, ...request };
    this.kept.push(kept);
    if (this.kept.length > KEPT) this.kept.shift();
    return kept;
  }

  /** Oldest first, those after the given id. */
  requests(since = 0): ReceivedRequest[] {
    return this.kept.filter(({ id }) => id > since);
  }

  clear(): void {
    this.kept = [];
  }
}
