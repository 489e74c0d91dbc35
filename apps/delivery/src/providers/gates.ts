import { LRUCache } from 'lru-cache';
import type { IntegrationState } from '#libs/contracts';
import type { RateGate } from './provider.js';

/** One that is forgotten is made anew, open: what it forgot is long over by then. */
const MOST = 10_000;

/** The gates of one provider's destinations, each made when it is first asked for. */
export class Gates<Gate extends RateGate> {
  private readonly gates = new LRUCache<string, Gate>({ max: MOST });

  constructor(private readonly make: () => Gate) {}

  /** Fresh credentials are another destination: what the old one asked for does not bind it. */
  of({ id, credentialsVersion }: Pick<IntegrationState, 'id' | 'credentialsVersion'>): Gate {
    const key = `${id}:${credentialsVersion}`;
    let gate = this.gates.get(key);
    if (!gate) {
      gate = this.make();
      this.gates.set(key, gate);
    }
    return gate;
  }
}
