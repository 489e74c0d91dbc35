import { ServiceSettings, Setting, duration, port, text } from '#libs/config';

/** The sandbox stands alone: it needs no database and no Kafka, and asks nobody to sign in. */
export class SandboxSettings extends ServiceSettings {
  /** Port of the page, its API and the inboxes. */
  @Setting({ env: 'PORT', parse: port, default: 4100 })
  override port: number;

  /** Nobody minds an answer of a stand-in, and some hang on purpose. */
  @Setting({ env: 'SHUTDOWN_TIMEOUT', parse: duration, default: 500 })
  override shutdownTimeoutMs: number;

  /** Port of the mail server that it plays; without it there is none. */
  @Setting({ env: 'SMTP_PORT', parse: port, optional: true })
  smtpPort?: number;

  /** The app that its Slack knows. */
  @Setting({ env: 'SLACK_CLIENT_ID', parse: text, default: 'sandbox-slack-client' })
  slackClientId: string;

  /** That app's secret. */
  @Setting({ env: 'SLACK_CLIENT_SECRET', parse: text, default: 'sandbox-slack-secret' })
  slackClientSecret: string;

  /** The app that its Discord knows. */
  @Setting({ env: 'DISCORD_CLIENT_ID', parse: text, default: 'sandbox-discord-client' })
  discordClientId: string;

  /** That app's secret. */
  @Setting({ env: 'DISCORD_CLIENT_SECRET', parse: text, default: 'sandbox-discord-secret' })
  discordClientSecret: string;
}
