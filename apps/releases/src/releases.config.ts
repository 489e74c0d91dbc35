import { BackendSettings, Setting, integer } from '#libs/config';

export class ReleasesSettings extends BackendSettings {
  /** Most projects of one organization. */
  @Setting({ env: 'MAX_PROJECTS_PER_ORGANIZATION', parse: integer(1, 100_000), local: 5_000, default: 500 })
  maxProjectsPerOrganization: number;
}
