export { addToOutbox, leftInOutbox } from './add-to-outbox.js';
export { OUTBOX_ARCHIVE_SQL, OUTBOX_TABLE_SQL, type OutboxMessage } from './outbox-table.js';
export { Outbox, type OutboxOptions } from './outbox.js';
export { OutboxLifecycle, type OutboxLifecycleOptions } from './outbox.lifecycle.js';
export { countPublished, resend, resendSetAside, type ResendOptions, type ResendSelection } from './resend.js';
export type { StateOwner } from './state-owner.js';
export { outboxProviders, type OutboxProvidersOptions } from './outbox.providers.js';
export { OutboxRetention } from './outbox-retention.js';
export { StateKeeper } from './state-keeper.js';
