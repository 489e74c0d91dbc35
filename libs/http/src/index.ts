export * from './service.js';
export * from './service.module.js';
export * from './observe-requests.js';
export * from './problem.filter.js';
export * from './readiness.js';
export * from './page.js';
export * from './path-id.js';
export * from './openapi.js';
