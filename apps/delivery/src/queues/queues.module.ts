import { Module } from '@nestjs/common';
import { DeadLettersModule } from '../dead-letters/dead-letters.module.js';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { OwnershipModule } from '../ownership/ownership.module.js';
import { SendingModule } from '../sending/sending.module.js';
import { Feeder } from './feeder.service.js';
import { OverdueLook } from './overdue-look.service.js';
import { OverdueReport } from './overdue-report.js';
import { OverdueQueries } from './overdue.queries.js';
import { Overdue } from './overdue.service.js';
import { Pump } from './pump.service.js';
import { QueueGate } from './queue-gate.js';
import { QueueListener } from './queue-listener.service.js';
import { QueueQueries } from './queue.queries.js';
import { Recovery } from './recovery.service.js';
import { WaitingQueues } from './waiting-queues.service.js';

const pumping = [QueueQueries, QueueGate, Feeder, Pump, QueueListener, WaitingQueues, Recovery];
const overdue = [OverdueQueries, OverdueReport, Overdue, OverdueLook];

/** What waits in the ledger, and how it gets to its destination's lane. */
@Module({
  imports: [KnownIntegrationsModule, OwnershipModule, LedgerModule, SendingModule, DeadLettersModule],
  providers: [...pumping, ...overdue],
})
export class QueuesModule {}
