import { Setting, databaseUrl } from '#libs/config';

/** All that sending events again needs: the service that runs publishes them. */
export class ResendSettings {
  /** The database of `releases`. */
  @Setting({ env: 'DATABASE_URL', parse: databaseUrl })
  databaseUrl: string;
}
