import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version whose modules were read before they were replaced. package.json has it exactly. */
export const PATCHED_VERSION = '2.2.4';

/** On the process, since what is loaded of kafkajs is the process's too. */
const LOADED = Symbol.for('nitropush.kafkajs');
const shared = globalThis as { [LOADED]?: { replaced: Set<string>; complete: boolean } };
/** This file may be evaluated again in a process that tests share: what is in place stays, and nothing is too late for it. */
const again = shared[LOADED]?.complete === true;
const state = (shared[LOADED] ??= { replaced: new Set(), complete: false });

/** Node lists what an import statement names before it runs it. */
const hasRun = (path: string): boolean => require.cache[path]?.loaded === true;
const inKafkajs = (path: string): boolean => /[\\/]node_modules[\\/]kafkajs[\\/]/.test(path) && !path.endsWith('.json');

/** To be called before the first module is replaced. @throws where kafkajs is another version, or was loaded before */
export function beginPatching(): void {
  const { version } = require('kafkajs/package.json') as { version: string };
  if (version !== PATCHED_VERSION)
    throw new Error(`libs/kafka replaces modules of kafkajs ${PATCHED_VERSION}, and ${version} is installed`);
  const early = again ? undefined : Object.keys(require.cache).find((path) => inKafkajs(path) && hasRun(path));
  if (early !== undefined)
    throw new Error(
      `kafkajs was loaded before libs/kafka (${early}): import '#libs/kafka' before anything that loads it`,
    );
}

/** All of them are in place: kafkajs may be loaded. */
export function endPatching(): void {
  state.complete = true;
}

/**
 * Puts something of ours in the place of one of kafkajs' own modules.
 * @throws where a module of kafkajs has been loaded with the one to be replaced: it would go on with that
 */
export function replaceModule<T>(name: string, replace: (original: T) => T): void {
  const path = require.resolve(name);
  if (!again && hasRun(path) && !state.replaced.has(path))
    throw new Error(
      `${name} is replaced too late: another patch has loaded it already. Order them in patches/index.ts`,
    );
  const original = require(path) as T;
  require.cache[path]!.exports = replace(original);
  state.replaced.add(path);
}
