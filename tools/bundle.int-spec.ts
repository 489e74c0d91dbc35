import { readFileSync, readdirSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { expect, test } from 'vitest';

const FOLDER = 'dist/services';

test('each service is gathered into few files', () => {
  const services = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
  expect(services.toSorted()).toEqual(['delivery.js', 'gateway.js', 'integrations.js', 'releases.js', 'sandbox.js']);
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
  expect(standsIn(`${FOLDER}/delivery.js`, 'class Startup ')).toMatch(
    new RegExp(`apps/delivery/src/startup/startup\\.service\\.ts:${line}$`),
  );
});

test('a line of a package is named as it stands in the package', () => {
  const parts = readdirSync(`${FOLDER}/parts`).filter((name) => name.endsWith('.js'));
  const nest = parts.find((name) =>
    readFileSync(`${FOLDER}/parts/${name}`, 'utf8').includes('class NestApplication '),
  )!;
  expect(standsIn(`${FOLDER}/parts/${nest}`, 'class NestApplication ')).toContain('@nestjs/core/nest-application.js');
});
