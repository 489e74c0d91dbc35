import { CreateReleases1700000000000 } from './1700000000000-create-releases.migration.js';
import { KeepPublishedMessages1700000000001 } from './1700000000001-keep-published-messages.migration.js';

/** Everything that made the schema what it is, oldest first. */
export const RELEASES_MIGRATIONS = [CreateReleases1700000000000, KeepPublishedMessages1700000000001];
