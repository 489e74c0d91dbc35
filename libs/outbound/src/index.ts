export * from './address-rules.js';
export * from './address-ranges.js';
export * from './name-resolver.js';
export * from './internal-name.js';
export * from './connect-to-first.js';
export * from './connect-agents.js';
export * from './outbound-settings.js';
