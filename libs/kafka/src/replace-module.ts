import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Puts something of ours in the place of one of kafkajs' own modules. To be called before kafkajs is loaded. */
export function replaceModule<T>(name: string, replace: (original: T) => T): void {
  const path = require.resolve(name);
  const original = require(path) as T;
  require.cache[path]!.exports = replace(original);
}
