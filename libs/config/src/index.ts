export * from './setting.js';
export * from './load-settings.js';
export * from './parsers.js';
export * from './pem.js';
export * from './service.config.js';
export * from './kafka.config.js';
export * from './backend.config.js';
export * from './database.config.js';
