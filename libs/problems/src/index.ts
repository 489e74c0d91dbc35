export * from './problem.js';
export * from './from-error.js';
export * from './field-errors.js';
export * from './database-away.js';
