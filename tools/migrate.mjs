/** `npm run migrate -- <service>`: brings the database of a service up to date. DATABASE_URL says where it is. */
import { existsSync } from 'node:fs';
import { build, fail, root } from './bootstrap.mjs';

process.chdir(root);
const SERVICES = ['releases', 'integrations', 'delivery'];
const [service] = process.argv.slice(2);
if (!SERVICES.includes(service)) fail(`Usage: npm run migrate -- ${SERVICES.join('|')}`);
if (existsSync('.env')) process.loadEnvFile('.env');
build();
await import(`../dist/apps/${service}/src/migrate.js`);
