import { BackendSettings } from '#libs/config';

/** Nothing beyond what every service with a database and Kafka has. */
export class ReleasesSettings extends BackendSettings {}
