import { Inject, Injectable } from '@nestjs/common';
import { QueueEvents } from '../ledger/queue-events.js';
import { Ownership } from '../ownership/ownership.service.js';
import { Sender } from '../sending/sender.service.js';
import { OverdueReport } from './overdue-report.js';
import { OverdueQueries, type OverdueRow } from './overdue.queries.js';

const PAGE = 1_000;
/** What one look takes up at most: a backlog of Kafka's own, which comes by itself, must not double the work of the ledger. */
const MOST_AT_ONCE = 20_000;

/**
 * Takes up what is open in the ledger and was due long ago: its record was lost with its topic, lies on a topic that
 * nobody reads, or expired; the reason does not matter. It goes through a queue of the ledger, so that the record, where
 * it comes after all, finds the delivery queued or its attempt made, and is dropped.
 */
@Injectable()
export class Overdue {
  constructor(
    private readonly queries: OverdueQueries,
    @Inject(Sender) private readonly sender: Pick<Sender, 'deliveriesInFlight'>,
    private readonly ownership: Ownership,
    private readonly queues: QueueEvents,
    private readonly report: OverdueReport,
  ) {}

  /** Looks once through all that has been due for so long, while `goOn` says so. Answers how many it queued. */
  async look(overdueMs: number, goOn: () => boolean = () => true): Promise<number> {
    let after: OverdueRow | undefined;
    let count = 0;
    while (count < MOST_AT_ONCE && goOn()) {
      const rows = await this.queries.find(overdueMs, after, PAGE);
      after = rows.at(-1);
      count += await this.takeUp(rows);
      if (rows.length < PAGE) break;
    }
    return count;
  }

  private async takeUp(rows: OverdueRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    const inFlight = this.sender.deliveriesInFlight();
    const ours = rows.filter(({ id, integration_id }) => this.ownership.has(integration_id) && !inFlight.has(id));
    if (ours.length === 0) return 0;
    const queued = await this.queries.takeUp(ours);
    for (const integrationId of new Set(queued)) this.queues.queued(integrationId);
    this.report.takenUp(queued, ours[0]!.due);
    return queued.length;
  }
}
