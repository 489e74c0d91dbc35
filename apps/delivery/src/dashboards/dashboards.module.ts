import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { AttemptStreams } from './attempt-streams.service.js';
import { LedgerMetrics } from './ledger-metrics.js';
import { StreamController } from './stream.controller.js';
import { StreamQueries } from './stream.queries.js';
import { SummaryController } from './summary.controller.js';
import { SummaryService } from './summary.service.js';

/** Imported before LedgerModule: its `deliveries/:id` would take these addresses for ids. */
@Module({
  imports: [KnownIntegrationsModule, LedgerModule],
  controllers: [SummaryController, StreamController],
  providers: [AttemptStreams, LedgerMetrics, StreamQueries, SummaryService],
})
export class DashboardsModule {
  /** @param feed exports OPEN_FEED */
  static reading(feed: Type | DynamicModule): DynamicModule {
    return { module: DashboardsModule, imports: [feed] };
  }
}
