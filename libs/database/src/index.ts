export * from './advisory-locks.js';
export * from './data-source-options.js';
export * from './database.module.js';
export * from './migrate.js';
export * from './run-migrations.js';
export * from './session.js';
export * from './idempotency.js';
export * from './database-checks.js';
export { runNamed, type NamedStatement } from './run-named.js';
