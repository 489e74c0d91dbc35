export { addToOutbox, leftInOutbox } from './add-to-outbox.js';
export { OUTBOX_TABLE_SQL, type OutboxMessage } from './outbox-table.js';
export { Outbox, type OutboxOptions } from './outbox.js';
export { OutboxLifecycle, type OutboxLifecycleOptions } from './outbox.lifecycle.js';
