export * from './address-rules.js';
