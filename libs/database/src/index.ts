export * from './database.module.js';
export * from './migrate.js';
export * from './errors.js';
export * from './idempotency.js';
export * from './coalescer.js';
export * from './database-checks.js';
