import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';

const require = createRequire(import.meta.url);

/** One of kafkajs' modules as its file says: what is loaded under its name by now is ours. */
export function originalModule<T>(name: string): T {
  const path = require.resolve(name);
  const module = { exports: undefined as T };
  const wrapped = runInThisContext(`(function (module, require) { ${readFileSync(path, 'utf8')} })`) as (
    module: object,
    require: (id: string) => unknown,
  ) => void;
  wrapped(module, createRequire(path));
  return module.exports;
}

/** What everybody who asks for it by its name gets. */
export const loadedModule = (name: string): unknown => require(name);
