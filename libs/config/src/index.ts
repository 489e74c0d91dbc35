export * from './setting.js';
export * from './load-settings.js';
export * from './parsers.js';
export * from './common.config.js';
