import 'reflect-metadata';
import { runMigrations } from '#libs/database';
import { INTEGRATIONS_MIGRATIONS } from './integrations-migrations.js';

await runMigrations('integrations', INTEGRATIONS_MIGRATIONS);
