import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryRequested } from '#libs/contracts';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import { Ledger } from '../ledger/ledger.service.js';
import { Ownership } from '../ownership/ownership.service.js';

/**
 * Twice as far as clocks may differ between services: an event that is later than the assignment by so much, by the clock of
 * its publisher, was accepted after it.
 */
const MARGIN_MS = 10_000;
/** Hosts of one installation hardly differ by more; a time that lies further ahead is no measure. */
const AHEAD_MS = 1_000;
/** What is older is asked for in any case. */
const MOST_AGE_MS = 60_000;
/** The ids of two generations are kept: about 10 MB at most. */
const GENERATION = 25_000;

interface Generation {
  ids: Set<string>;
  /** The latest time of their events, epoch ms. */
  latest: number;
}

const emptyGeneration = (): Generation => ({ ids: new Set(), latest: -Infinity });

/**
 * Which requests certainly come for the first time, so that the ledger need not be asked whether they were attempted
 * before. Nothing is done for an event before the time that it says. So where that time is later than this instance's
 * partitions, all that was ever done for its delivery was done by this instance, which remembers it (ADR 35).
 */
@Injectable()
export class FirstTimes {
  /** Epoch ms: all that came of an event later than this came here, and is remembered. */
  private since = Infinity;
  private young = emptyGeneration();
  private old = emptyGeneration();

  constructor(
    @Inject(Ownership) private readonly ownership: Pick<Ownership, 'has' | 'isCertain' | 'onChange'>,
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'keepsUp'>,
    @Inject(LedgerClock) private readonly clock: Pick<LedgerClock, 'now'>,
  ) {
    ownership.onChange(() => this.restart());
  }

  /** Whether the ledger certainly knows nothing of it. To be asked of each request that comes, before anything is done for it. */
  take(request: DeliveryRequested): boolean {
    const time = Date.parse(request.event.time);
    const now = this.clock.now();
    if (time > now + AHEAD_MS) this.since = Math.max(this.since, time + MARGIN_MS); // a clock that is ahead would hide what came before
    if (!(time > this.since) || !this.remember(request.deliveryId, time)) return false;
    return time > now - MOST_AGE_MS && isFirst(request) && this.isCertain(request.integrationId);
  }

  private isCertain(integrationId: string): boolean {
    return this.ledger.keepsUp && this.ownership.isCertain && this.ownership.has(integrationId);
  }

  /** False where it is known already. */
  private remember(id: string, time: number): boolean {
    if (this.young.ids.has(id) || this.old.ids.has(id)) return false;
    this.young.ids.add(id);
    this.young.latest = Math.max(this.young.latest, time);
    if (this.young.ids.size >= GENERATION) this.forgetOld();
    return true;
  }

  private forgetOld(): void {
    this.since = Math.max(this.since, this.old.latest);
    this.old = this.young;
    this.young = emptyGeneration();
  }

  /** What came before is another instance's, or may have been meanwhile. */
  private restart(): void {
    const before = Number.isFinite(this.since) ? this.since : 0; // further on where a clock was found to be ahead
    this.since = Math.max(before, this.clock.now() + MARGIN_MS);
    this.young = emptyGeneration();
    this.old = emptyGeneration();
  }
}

/** A test comes without a place in line, and what is kept under a time of ours may have been here under another. */
const isFirst = ({ round, attempt, test, recordedAt }: DeliveryRequested): boolean =>
  round === 1 && attempt === 1 && !test && recordedAt === undefined;
