import { CountMailRecipients1700000000003 } from '../providers/email/1700000000003-count-mail-recipients.migration.js';
import { TellActivity1700000000007 } from '../activity/1700000000007-tell-activity.migration.js';
import { TellOfStandings1700000000006 } from '../alerts/1700000000006-tell-of-standings.migration.js';
import { CreateLedger1700000000000 } from './1700000000000-create-ledger.migration.js';
import { FindDeliveriesByVersion1700000000008 } from './1700000000008-find-deliveries-by-version.migration.js';
import { FindOverdueDeliveries1700000000002 } from './1700000000002-find-overdue-deliveries.migration.js';
import { KeepConfirmations1700000000005 } from '../recipients/1700000000005-keep-confirmations.migration.js';
import { KeepUnsubscribes1700000000004 } from '../recipients/1700000000004-keep-unsubscribes.migration.js';
import { KeepAnswerHeaders1700000000001 } from './1700000000001-keep-answer-headers.migration.js';

/** Everything that made the ledger's schema what it is, oldest first. */
export const LEDGER_MIGRATIONS = [
  CreateLedger1700000000000,
  KeepAnswerHeaders1700000000001,
  FindOverdueDeliveries1700000000002,
  CountMailRecipients1700000000003,
  KeepUnsubscribes1700000000004,
  KeepConfirmations1700000000005,
  TellOfStandings1700000000006,
  TellActivity1700000000007,
  FindDeliveriesByVersion1700000000008,
];
