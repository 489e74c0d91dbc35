export * from './log-output.js';
export * from './logger.js';
export * from './nest-logger.js';
export * from './metrics.js';
export * from './trace.js';
export * from './process.js';
export * from './tokens.js';
