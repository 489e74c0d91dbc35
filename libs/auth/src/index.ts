export * from './caller.js';
export * from './token-verifier.js';
export * from './auth.guard.js';
