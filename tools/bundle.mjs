/**
 * Gathers each service, with the packages that it loads, into few files: a start reads some fifty in place of three
 * thousand (docs/adr/0044). What services share they share here too. The last step of building them, after the compiler's.
 */
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { fail, root } from './bootstrap.mjs';

const FOLDER = join(root, 'dist', 'bundle');
const PACKAGES = 'packages';
/** A service that runs may load a part yet that the build it was started from wrote. */
const KEPT_MS = 2 * 24 * 60 * 60 * 1000;

const IN_PACKAGE = /[\\/]node_modules[\\/]/;
/** The one has modules replaced as Node loads them, the other reads files that lie beside it. */
const LOADED_BY_NODE = /^(kafkajs|swagger-ui-dist)(\/|$)/;
/** They ask for their folder only for what is not used here: pino for its workers, undici to name who called it. */
const FOLDER_UNUSED = /[\\/]node_modules[\\/](pino|thread-stream|undici)[\\/]/;
/** Packages name others that one may have beside them; where such a one is used and missing, they say so. */
const isOptional = ({ code, id = '' }) => code === 'UNRESOLVED_IMPORT' && IN_PACKAGE.test(id);

/** So that a stack trace names our lines as they stand in TypeScript; a package's it names as they stand in the bundle. */
const mapsOfCompiler = {
  name: 'maps-of-compiler',
  load(id) {
    const map = `${id}.map`;
    if (IN_PACKAGE.test(id) || !existsSync(map)) return null;
    return { code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(map, 'utf8')) };
  },
};

/**
 * A package that asks Node for another at run time would get one of its own, beside that in the bundle: what decorators told the
 * one of a class, the other does not know. So it asks the bundle. Its lines stay where they are.
 */
const OWN_REQUIRE = /^const require = createRequire\(import\.meta\.url\);$/m;
const oneOfEach = {
  name: 'one-of-each',
  transform(code, id) {
    return IN_PACKAGE.test(id) && OWN_REQUIRE.test(code) ? { code: code.replace(OWN_REQUIRE, ''), map: null } : null;
  },
};

const bundle = await rolldown({
  cwd: root,
  platform: 'node',
  input: entries(),
  external: (id) => LOADED_BY_NODE.test(id),
  plugins: [mapsOfCompiler, oneOfEach],
  onLog(level, log) {
    if (level === 'warn' && !isOptional(log)) fail(log.message);
  },
});
const { output } = await bundle.write({
  dir: FOLDER,
  format: 'esm',
  sourcemap: true,
  sourcemapExcludeSources: true,
  keepNames: true,
  // else V8 keeps each file with one "…" in it at twice the size
  charset: 'ascii',
  comments: false,
  codeSplitting: { groups: [{ name: 'packages', test: IN_PACKAGE, entriesAware: true }] },
  entryFileNames: '[name].js',
  chunkFileNames: ({ name }) => (name.startsWith('packages') ? `${PACKAGES}/[hash].js` : 'parts/[name]-[hash].js'),
});
for (const { modules = {} } of output) checkFolders(modules);
for (const folder of [PACKAGES, 'parts']) removeOld(join(FOLDER, folder));
for (const name of readdirSync(join(FOLDER, PACKAGES))) forgetMap(join(FOLDER, PACKAGES, name));

/** Each app that is a service, where it lies among the sources: that is how a list of processes names it. */
function entries() {
  const mains = readdirSync(join(root, 'apps')).map((name) => `apps/${name}/src/main`);
  const services = mains.filter((main) => existsSync(join(root, `${main}.ts`)));
  return Object.fromEntries(services.map((main) => [main, join(root, 'dist', `${main}.js`)]));
}

/** In a bundle a module has no folder of its own. */
function checkFolders(modules) {
  for (const [id, { code }] of Object.entries(modules))
    if (/\b__(dirname|filename)\b/.test(code ?? '') && !FOLDER_UNUSED.test(id))
      fail(`${id} asks for its own folder: name its package in LOADED_BY_NODE of tools/bundle.mjs.`);
}

function removeOld(folder) {
  const written = new Set(output.map(({ fileName }) => join(FOLDER, fileName)));
  for (const file of readdirSync(folder).map((name) => join(folder, name)))
    if (!written.has(file) && Date.now() - statSync(file).mtimeMs > KEPT_MS) rmSync(file);
}

/** Node keeps each map that it meets: those of packages would be 14 MB in every service. */
function forgetMap(file) {
  if (file.endsWith('.map')) return rmSync(file);
  const code = readFileSync(file, 'utf8');
  const kept = code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  if (kept !== code) writeFileSync(file, kept);
}
