/** `npm run console:api -- [address] [--check]`: the console's types of the API, from the document that a running system serves. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import { fail, root } from '../bootstrap.mjs';

const target = join(root, 'apps/console/src/api/schema.d.ts');
const HEAD = '// Generated from /api/openapi.json by `npm run console:api`; not to be edited.\n\n';

const args = process.argv.slice(2);
const check = args.includes('--check');
const [address = 'http://localhost:4000'] = args.filter((arg) => arg !== '--check');
const types = await openapiTypes(new URL('/api/openapi.json', address), { defaultNonNullable: false });
const formatted = execFileSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', `--stdin-filepath=${target}`], {
  cwd: root,
  input: HEAD + astToString(types),
  encoding: 'utf8',
});
if (!check) writeFileSync(target, formatted);
else if (readFileSync(target, 'utf8') !== formatted)
  fail(`${target} is not what the API says: run npm run console:api -- ${address}`);
