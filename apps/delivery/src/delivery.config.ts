import { BackendSettings, Setting, boolean, duration, integer, list, oneOfTexts } from '#libs/config';
import { madeForOneMachine, privateKeysSetting } from '#libs/credentials';
import { DISCORD_BASE_URL, OUTBOUND_ALLOWED_CIDRS, OUTBOUND_ALLOW_HTTP, SLACK_BASE_URL } from '#libs/outbound';
import { MOST_RECIPIENTS } from './providers/email/email.credentials.js';
import {
  MAIL_TLS,
  greetingSetting,
  mailSenderSetting,
  mailServerSetting,
  type MailSender,
  type MailServer,
  type MailTls,
} from './providers/email/mail-settings.js';
import type { Delay } from './retries/retry-ladder.js';

const retryDelay = (label: string): Delay => ({ label, ms: duration(label) });

/** Each delay has a topic, named by its label: there must be one at least, and no label twice. */
function retryDelaysSetting(value: string): Delay[] {
  const delays = list(retryDelay)(value);
  const labels = new Set(delays.map(({ label }) => label));
  if (delays.length === 0 || labels.size < delays.length)
    throw new Error('must be one or more different durations, such as 5s,10s,20s');
  return delays;
}

/** `0s` turns the late retry off. */
function lateRetrySetting(label: string): Delay | undefined {
  const delay = retryDelay(label);
  return delay.ms === 0 ? undefined : delay;
}

/** Attempts at 0, 5, 15, 35, 75 and 155 s. */
const DEFAULT_RETRY_DELAYS = ['5s', '10s', '20s', '40s', '80s'].map(retryDelay);

export class DeliverySettings extends BackendSettings {
  /** Longest that one attempt may take, from the connection to the last byte of the answer. */
  @Setting({ env: 'DELIVERY_TIMEOUT', parse: duration, default: 10_000 })
  deliveryTimeoutMs: number;

  /** Waits after the first, second, … failed attempt; each has a topic of its own. */
  @Setting({ env: 'DELIVERY_RETRY_DELAYS', parse: retryDelaysSetting, default: DEFAULT_RETRY_DELAYS })
  retryDelays: Delay[];

  /** Wait before the one late retry of a mail that its server put off (4xx) at the last attempt of the others; `0s`: none. */
  @Setting({ env: 'MAIL_LATE_RETRY_DELAY', parse: lateRetrySetting, default: retryDelay('10m') })
  mailLateRetryDelay?: Delay;

  /** Whether destinations may be called without TLS. */
  @Setting(OUTBOUND_ALLOW_HTTP)
  outboundAllowHttp: boolean;

  /** Address ranges that may be called although they are not public; set to nothing: none. */
  @Setting(OUTBOUND_ALLOWED_CIDRS)
  outboundAllowedCidrs: string[];

  /** Where Slack is. Webhook addresses must be on hooks.slack.com where this is the real one, else on its own origin. */
  @Setting(SLACK_BASE_URL)
  slackBaseUrl: string;

  /** Where Discord is; webhooks are posted to below it. */
  @Setting(DISCORD_BASE_URL)
  discordBaseUrl: string;

  /** Mail server, `smtp://` or `smtps://`, user and password in it; without it no email is sent. */
  @Setting({ env: 'SMTP_URL', parse: mailServerSetting, optional: true })
  mailServer?: MailServer;

  /** Who mails are from, as `NitroPush <releases@example.com>`. */
  @Setting({ env: 'EMAIL_FROM', parse: mailSenderSetting, optional: true, requiredWith: 'SMTP_URL' })
  mailSender?: MailSender;

  /**
   * `require`: nothing is sent to an `smtp://` server without TLS and a valid certificate. `opportunistic`: so where there is
   * a password; else TLS is used where it is offered, with any certificate.
   */
  @Setting({ env: 'SMTP_TLS', parse: oneOfTexts(MAIL_TLS), default: 'opportunistic' })
  mailTls: MailTls;

  /** The name that the mail server is greeted by. By default the domain of EMAIL_FROM. */
  @Setting({ env: 'SMTP_EHLO_NAME', parse: greetingSetting, optional: true })
  mailGreeting?: string;

  /** Most recipients that the mails of one organization may have in an hour of the clock; what goes beyond it waits for the next. */
  @Setting({
    env: 'MAX_MAIL_RECIPIENTS_PER_HOUR',
    parse: integer(MOST_RECIPIENTS, 1_000_000_000),
    local: 100_000,
    default: 1_000,
  })
  maxMailRecipientsPerHour: number;

  /**
   * Whether recipients of mail confirm once, for each organization, before any goes to them. Who is on a list already when
   * it is turned on counts as confirmed.
   */
  @Setting({ env: 'EMAIL_CONFIRM_RECIPIENTS', parse: boolean, local: false, default: true })
  emailConfirmRecipients: boolean;

  /** How long a destination fails, taking nothing, before integrations that ask for alerts are told. */
  @Setting({ env: 'DESTINATION_FAILING_AFTER', parse: duration, default: duration('15m') })
  destinationFailingAfterMs: number;

  /** The private keys that open credentials: a JWKS, inline or a file; several while keys are being rotated. */
  @Setting({
    env: 'CREDENTIALS_PRIVATE_KEYS',
    parse: privateKeysSetting,
    unsafe: ({ keys }) => keys.map(madeForOneMachine).find((refusal) => refusal !== undefined),
  })
  credentialsPrivateKeys: ReturnType<typeof privateKeysSetting>;

  /** How long deliveries and their attempts are kept after they were last written. */
  @Setting({ env: 'LEDGER_RETENTION', parse: duration, default: duration('30d') })
  ledgerRetentionMs: number;

  /** How long dead, held and open deliveries are kept after they were last written. */
  @Setting({ env: 'LEDGER_DEAD_RETENTION', parse: duration, default: duration('90d') })
  ledgerDeadRetentionMs: number;
}
