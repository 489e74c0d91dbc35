import 'reflect-metadata';
import { runMigrations } from '#libs/database';
import { LEDGER_MIGRATIONS } from './ledger/ledger-migrations.js';

await runMigrations('delivery', LEDGER_MIGRATIONS);
