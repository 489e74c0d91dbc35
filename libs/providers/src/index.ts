export * from './declaration.js';
export * from './declarations.js';
export { EMAIL } from './email/email.declaration.js';
