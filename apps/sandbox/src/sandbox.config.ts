import { ServiceSettings, Setting, port } from '#libs/config';

/** The sandbox stands alone: it needs no database and no Kafka, and asks nobody to sign in. */
export class SandboxSettings extends ServiceSettings {
  /** Port of the page, its API and the inboxes. */
  @Setting({ env: 'PORT', parse: port, default: 4100 })
  override port: number;

  /** Port of the mail server that it plays; without it there is none. */
  @Setting({ env: 'SMTP_PORT', parse: port, optional: true })
  smtpPort?: number;
}
