import { readFileSync, readdirSync } from 'node:fs';
import { SourceMap, createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = 'dist/bundle';

const mains = (): string[] => readdirSync(`${FOLDER}/apps`).map((name) => `apps/${name}/src/main.js`);

test('each service is gathered into few files', () => {
  const services = mains().map((main) => main.split('/')[1]);
  expect(services.toSorted()).toEqual(['delivery', 'gateway', 'integrations', 'releases', 'sandbox']);
});

/** Where a stack trace says that this stands. */
function standsIn(file: string, text: string): string {
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((line) => line.includes(text));
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMap['payload']);
  const entry = map.findEntry(line, lines[line]!.indexOf(text));
  return 'originalSource' in entry ? `${entry.originalSource}:${entry.originalLine + 1}` : 'nowhere';
}

test('a line of a service is named as it stands in TypeScript', () => {
  const source = readFileSync('apps/delivery/src/startup/startup.service.ts', 'utf8');
  const line = source.split('\n').findIndex((text) => text.includes('export class Startup ')) + 1;
  expect(standsIn(`${FOLDER}/apps/delivery/src/main.js`, 'class Startup ')).toMatch(
    new RegExp(`apps/delivery/src/startup/startup\\.service\\.ts:${line}$`),
  );
});

test('no map of a package is read at a start', () => {
  const files = readdirSync(`${FOLDER}/packages`);
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
  for (const name of files)
    expect(readFileSync(`${FOLDER}/packages/${name}`, 'utf8')).not.toMatch(/^\/\/# sourceMappingURL=/m);
});

/** What the entries lead to: parts of earlier builds lie beside them for a while. */
function filesOfServices(): string[] {
  const found = new Set(mains());
  for (const file of found)
    for (const [, name] of readFileSync(join(FOLDER, file), 'utf8').matchAll(
      /(?:from |import |import\()"(\.[^"]+\.js)"/g,
    ))
      found.add(join(dirname(file), name!));
  return [...found];
}

test('nothing in it makes V8 keep a file at twice its size', () => {
  const files = filesOfServices();
  // eslint-disable-next-line no-control-regex -- this is what it is about
  const wide = files.filter((name) => /[^\x00-\xff]/.test(readFileSync(`${FOLDER}/${name}`, 'utf8')));
  expect(wide).toEqual([]);
});

test('a package is in a service once: nothing asks Node at run time for one that the bundle has', () => {
  const files = filesOfServices();
  const asked = files.flatMap((name) => [
    ...readFileSync(`${FOLDER}/${name}`, 'utf8').matchAll(/\b_{0,2}require(?:\$\d+)?\("([^"]+)"\)/g),
  ]);
  const installed = new Set(asked.map(([, name]) => name!).filter(isInstalled));
  expect([...installed].filter((name) => !/^(kafkajs|swagger-ui-dist)\//.test(name))).toEqual([]);
});

/** What is optional may be missing. */
function isInstalled(name: string): boolean {
  if (isBuiltin(name) || name.startsWith('node:')) return false;
  try {
    return createRequire(import.meta.url).resolve(name) !== '';
  } catch {
    return false;
  }
}
