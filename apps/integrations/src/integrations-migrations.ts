import { CreateActivity1700000000005 } from './activity/1700000000005-create-activity.migration.js';
import { FindActivity1700000000008 } from './activity/1700000000008-find-activity.migration.js';
import { DropActivityByPosition1700000000011 } from './activity/1700000000011-drop-activity-by-position.migration.js';
import { OrderActivityByTime1700000000009 } from './activity/1700000000009-order-activity-by-time.migration.js';
import { CreateIntegrations1700000000000 } from './integrations/1700000000000-create-integrations.migration.js';
import { AskForAlerts1700000000006 } from './integrations/1700000000006-ask-for-alerts.migration.js';
import { KeepOwnerAndNote1700000000010 } from './integrations/1700000000010-keep-owner-and-note.migration.js';
import { CreateOAuthStates1700000000001 } from './oauth/1700000000001-create-oauth-states.migration.js';
import { KeepSecrets1700000000007 } from './integrations/1700000000007-keep-secrets.migration.js';
import { KeepPublishedMessages1700000000002 } from './integrations/1700000000002-keep-published-messages.migration.js';
import { CountTests1700000000004 } from './test-deliveries/1700000000004-count-tests.migration.js';
import { KeepSealedVersion1700000000003 } from './integrations/1700000000003-keep-sealed-version.migration.js';

/** Everything that made the schema what it is, oldest first. */
export const INTEGRATIONS_MIGRATIONS = [
  CreateIntegrations1700000000000,
  CreateOAuthStates1700000000001,
  KeepPublishedMessages1700000000002,
  KeepSealedVersion1700000000003,
  CountTests1700000000004,
  CreateActivity1700000000005,
  AskForAlerts1700000000006,
  KeepSecrets1700000000007,
  FindActivity1700000000008,
  OrderActivityByTime1700000000009,
  KeepOwnerAndNote1700000000010,
  DropActivityByPosition1700000000011,
];
