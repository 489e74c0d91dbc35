import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'dist/apps/console';
const FRONT_PAGE = 'src/pages/integrations/integrations.page.tsx';
const MOST_BYTES = 300_000;
/** What a page in English makes a browser fetch; the other alphabets come where a text has them. */
const FONT = /latin-wght-normal.*\.woff2$/;

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
  assets?: string[];
}
type Manifest = Record<string, Chunk>;

it(`the first load is less than ${MOST_BYTES / 1000} KB compressed`, async () => {
  const manifest = JSON.parse(await readFile(join(FOLDER, '.vite/manifest.json'), 'utf8')) as Manifest;
  const files = new Set(['index.html', 'color-scheme.js', 'icon.svg']);
  for (const entry of ['index.html', FRONT_PAGE]) filesOf(manifest, entry, files);
  const sizes = await Promise.all([...files].map(async (file) => [file, await sizeOf(file)] as const));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(sizes.some(([file]) => FONT.test(file))).toBe(true);
  expect(total, JSON.stringify(Object.fromEntries(sizes))).toBeLessThan(MOST_BYTES);
});

it('charts are not part of it', async () => {
  const manifest = JSON.parse(await readFile(join(FOLDER, '.vite/manifest.json'), 'utf8')) as Manifest;
  const files = new Set<string>();
  for (const entry of ['index.html', FRONT_PAGE]) filesOf(manifest, entry, files);
  for (const file of files) expect(await readFile(join(FOLDER, file), 'utf8')).not.toContain('recharts');
});

function filesOf(manifest: Manifest, name: string, into: Set<string>): void {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`The build holds no ${name}`);
  if (into.has(chunk.file)) return;
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? []).filter((asset) => FONT.test(asset))])
    into.add(file);
  for (const needed of chunk.imports ?? []) filesOf(manifest, needed, into);
}

/** As the gateway serves it to a browser that takes gzip alone; fonts are compressed as they are. */
async function sizeOf(file: string): Promise<number> {
  const served = /\.(?:js|css)$/.test(file) && file.startsWith('assets/') ? `${file}.gz` : file;
  return (await stat(join(FOLDER, served))).size;
}
