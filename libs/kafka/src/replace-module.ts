import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Puts something of ours in the place of one of kafkajs' own modules. To be called before kafkajs is loaded. */
export function replaceModule(name: string, exports: unknown): void {
  const path = require.resolve(name);
  require(path);
  require.cache[path]!.exports = exports;
}
