/** `npm run console:api -- [address]`: the console's types of the API, from the document that a running system serves. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { root } from '../bootstrap.mjs';

const target = join(root, 'apps/console/src/api/schema.d.ts');
const HEAD = '// Generated from /api/openapi.json by `npm run console:api`; not to be edited.\n\n';

const [address = 'http://localhost:4000'] = process.argv.slice(2);
const types = await openapiTypes(new URL('/api/openapi.json', address), { defaultNonNullable: false });
const text = HEAD + astToString(types);
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: 'typescript' }));
