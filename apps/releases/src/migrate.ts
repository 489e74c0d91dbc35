import 'reflect-metadata';
import { runMigrations } from '#libs/database';
import { RELEASES_MIGRATIONS } from './releases-migrations.js';

await runMigrations('releases', RELEASES_MIGRATIONS);
