import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FILES = ['apps', 'deploy', 'docs', 'libs', 'test', 'tools'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
);
/** All but the changelog, which names what is gone. */
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...FILES.filter((file) => file.endsWith('.md'))];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const LINK = /\]\((?!https?:|#)([^)\s#]+)/g;
/** In code, from the root of the checkout; of a family of tests the beginning of their names. */
const PATH = /`((?:apps|libs|test|tools|deploy|docs)\/[\w./-]+)`/g;
const SCRIPT = /npm run ([\w:-]+)/g;
/** The provider that a page teaches to make. */
const INVENTED = /\/x\//;

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name]) => name!);
const exists = (path: string): boolean => existsSync(path) || FILES.some((file) => file.startsWith(`${path}.`));

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('links to files that are there', () => {
    expect(found(text, LINK).filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
  });

  it('names paths that are there', () => {
    expect(found(text, PATH).filter((path) => !INVENTED.test(path) && !exists(path))).toEqual([]);
  });

  it('names scripts that are there', () => {
    expect(found(text, SCRIPT).filter((script) => !(script in scripts))).toEqual([]);
  });
});
