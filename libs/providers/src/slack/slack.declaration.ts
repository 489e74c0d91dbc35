import { parseUrl } from '#libs/url';
import type { Granted, NotGranted, ProviderDeclaration } from '../declaration.js';
import { shown } from '../shown.js';

/** Slack's webhooks are on a host of their own, at the same domain: slack.com, or slack-gov.com for authorities. */
const SLACKS = ['https://slack.com', 'https://slack-gov.com'];
const HOOKS = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

/** Between the workspace and the channel. */
const SEPARATOR = ' · ';

/** One channel of a Slack workspace, by an incoming webhook that Slack makes when its user allows it. */
export const SLACK: ProviderDeclaration = {
  name: 'Slack',
  icon: [
    { path: 'M9.5 4.5v6M4.5 9.5h1', color: '#36a6d0', width: 3.4 },
    { path: 'M19.5 9.5h-6M14.5 4.5v1', color: '#2f9e6e', width: 3.4 },
    { path: 'M14.5 19.5v-6M19.5 14.5h-1', color: '#d9a21b', width: 3.4 },
    { path: 'M4.5 14.5h6M9.5 19.5v-1', color: '#d0335d', width: 3.4 },
  ],
  setup: {
    kind: 'oauth',
    settings: { baseUrl: 'SLACK_BASE_URL', clientId: 'SLACK_CLIENT_ID', clientSecret: 'SLACK_CLIENT_SECRET' },
    authorizePath: '/oauth/v2/authorize',
    tokenPath: '/api/oauth.v2.access',
    scope: 'incoming-webhook',
    pkce: false, // switched on, Slack makes the app a public client for good
    read,
    channelName: (destination) => destination.slice(destination.lastIndexOf(SEPARATOR) + SEPARATOR.length),
  },
  signs: false,
  limits: { atOnce: 1 },
  owns: ({ hostname }) => /(^|\.)slack(-gov)?\.com$/.test(hostname),
};

type Place = Partial<Record<'id' | 'name', unknown>> | null;

/** Slack refuses with 200 and `ok: false`. */
function read(answer: Record<string, unknown>, base: string): Granted | NotGranted {
  if (answer['ok'] !== true) return { fault: 'provider_refused' };
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
  if (typeof url !== 'string' || typeof channel !== 'string' || channel === '') return { fault: 'no_webhook' };
  if (!isOwn(url, base)) return { fault: 'address_forbidden' };
  const place = team ?? enterprise;
  return {
    credentials: { plain: { url }, destination: shown(place?.name, 'Slack') + SEPARATOR + shown(channel, '#channel') },
    name: shown(channel, 'Slack'),
    target: `slack:${String(place?.id)}:${String(channelId)}`,
  };
}

/** A stand-in's webhooks are on its own origin. */
function isOwn(address: string, base: string): boolean {
  const url = parseUrl(address);
  if (!url) return false;
  const { origin, username, password } = url;
  const origins = SLACKS.includes(base) ? HOOKS : [new URL(base).origin];
  return username === '' && password === '' && origins.includes(origin);
}
