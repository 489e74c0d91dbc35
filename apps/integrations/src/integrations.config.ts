import { madeForOneMachine, publicKeySetting } from '#libs/credentials';
import { BackendSettings, Setting, duration, httpUrl, integer, text, url } from '#libs/config';
import { DISCORD_BASE_URL, OUTBOUND_ALLOWED_CIDRS, OUTBOUND_ALLOW_HTTP, SLACK_BASE_URL } from '#libs/outbound';

export class IntegrationsSettings extends BackendSettings {
  /** The public key that credentials are sealed under: a JWK, inline or a file. Only `delivery` has the private one. */
  @Setting({ env: 'CREDENTIALS_PUBLIC_KEY', parse: publicKeySetting, unsafe: madeForOneMachine })
  credentialsPublicKey: ReturnType<typeof publicKeySetting>;

  /** Origin of the delivery service, for counts and health beside each integration. */
  @Setting({ env: 'DELIVERY_URL', parse: httpUrl, local: 'http://127.0.0.1:4003' })
  deliveryUrl: string;

  /** How long it is kept who did what. */
  @Setting({ env: 'ACTIVITY_RETENTION', parse: duration, default: 365 * 86_400_000 })
  activityRetentionMs: number;

  /** Most integrations of one organization: each of its releases is posted once to every one. */
  @Setting({ env: 'MAX_INTEGRATIONS_PER_ORGANIZATION', parse: integer(1, 100_000), local: 5_000, default: 200 })
  maxIntegrationsPerOrganization: number;

  /** Most integrations of one organization that lead to the same address, channel or recipients. */
  @Setting({ env: 'MAX_INTEGRATIONS_PER_TARGET', parse: integer(1, 100_000), local: 1_000, default: 10 })
  maxIntegrationsPerTarget: number;

  /** Most tests that one organization may send in a minute. */
  @Setting({ env: 'MAX_TESTS_PER_MINUTE', parse: integer(1, 100_000), local: 6_000, default: 30 })
  maxTestsPerMinute: number;

  /** Whether destinations may be called without TLS. */
  @Setting(OUTBOUND_ALLOW_HTTP)
  outboundAllowHttp: boolean;

  /** Address ranges that may be called although they are not public; set to nothing: none. */
  @Setting(OUTBOUND_ALLOWED_CIDRS)
  outboundAllowedCidrs: string[];

  /** Where Slack is. Webhook addresses must be on hooks.slack.com where this is the real one, else on its own origin. */
  @Setting(SLACK_BASE_URL)
  slackBaseUrl: string;

  /** Client id of the Slack app; without it and its secret Slack cannot be connected. */
  @Setting({ env: 'SLACK_CLIENT_ID', parse: text, optional: true })
  slackClientId?: string;

  /** Client secret of the Slack app. */
  @Setting({ env: 'SLACK_CLIENT_SECRET', parse: text, optional: true })
  slackClientSecret?: string;

  /** Where Discord is. */
  @Setting(DISCORD_BASE_URL)
  discordBaseUrl: string;

  /** Client id of the Discord application; without it and its secret Discord cannot be connected. */
  @Setting({ env: 'DISCORD_CLIENT_ID', parse: text, optional: true })
  discordClientId?: string;

  /** Client secret of the Discord application. */
  @Setting({ env: 'DISCORD_CLIENT_SECRET', parse: text, optional: true })
  discordClientSecret?: string;

  /** Mail server; without it email is not offered. */
  @Setting({ env: 'SMTP_URL', parse: url('smtp:', 'smtps:'), optional: true })
  smtpUrl?: string;
}
