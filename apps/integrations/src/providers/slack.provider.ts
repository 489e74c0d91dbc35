import { OAuthFault } from '../oauth/oauth-fault.js';
import { codeOf } from '../oauth/token-call.js';
import { OAuthProvider, shown } from './oauth.provider.js';
import type { Granted } from './provider.js';

export interface SlackSettings {
  slackBaseUrl: string;
  slackClientId?: string;
  slackClientSecret?: string;
}

/** Slack's webhooks are on a host of their own, at the same domain: slack.com, or slack-gov.com for authorities. */
const SLACKS = ['https://slack.com', 'https://slack-gov.com'];
const HOOKS = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

/** One channel of a Slack workspace, by an incoming webhook that Slack makes when its user allows it. */
export class SlackProvider extends OAuthProvider {
  readonly id = 'slack';
  readonly name = 'Slack';

  constructor({ slackBaseUrl: base, slackClientId: id, slackClientSecret: secret }: SlackSettings) {
    super({ id, secret }, ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'], {
      authorizeUrl: `${base}/oauth/v2/authorize`,
      tokenUrl: `${base}/api/oauth.v2.access`,
      scope: 'incoming-webhook',
      pkce: false, // switched on, Slack makes the app a public client for good
      read: (answer) => read(answer, base),
    });
  }
}

type Place = Partial<Record<'id' | 'name', unknown>> | null;

/** Slack refuses with 200 and `ok: false`. */
function read(answer: Record<string, unknown>, base: string): Granted {
  if (answer['ok'] !== true) throw new OAuthFault('provider_refused', codeOf(answer));
  const {
    incoming_webhook: webhook,
    team,
    enterprise,
  } = answer as {
    incoming_webhook?: Partial<Record<'url' | 'channel' | 'channel_id', unknown>>;
    team?: Place;
    /** An app that is installed for a whole Enterprise Grid comes without a team. */
    enterprise?: Place;
  };
  const { url, channel, channel_id: channelId } = webhook ?? {};
  if (typeof url !== 'string' || typeof channel !== 'string' || channel === '') throw new OAuthFault('no_webhook');
  if (!isOwn(url, base)) throw new OAuthFault('address_forbidden');
  const place = team ?? enterprise;
  return {
    credentials: { plain: { url }, destination: `${shown(place?.name, 'Slack')} · ${shown(channel, '#channel')}` },
    name: shown(channel, 'Slack'),
    target: `slack:${String(place?.id)}:${String(channelId)}`,
  };
}

/** A stand-in's webhooks are on its own origin. */
function isOwn(url: string, base: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  const origins = SLACKS.includes(base) ? HOOKS : [new URL(base).origin];
  return username === '' && password === '' && origins.includes(origin);
}
