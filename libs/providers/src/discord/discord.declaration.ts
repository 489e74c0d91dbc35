import type { Granted, NotGranted, ProviderDeclaration } from '../declaration.js';
import { shown } from '../shown.js';

const SEPARATOR = ' · ';
const SNOWFLAKE = /^\d{5,25}$/;
const TOKEN = /^[A-Za-z0-9_-]{1,200}$/;

/** One channel of a Discord server, by a webhook that Discord makes when its user allows it. */
export const DISCORD: ProviderDeclaration = {
  name: 'Discord',
  icon: [
    {
      path: 'M8 4.6c2.6-.7 5.4-.7 8 0 2.9 2.7 4.5 6.8 4.4 11.8-1.7 1.6-3.3 2.5-5 3l-1.1-2c-1.5.4-3.1.4-4.6 0l-1.1 2c-1.7-.5-3.3-1.4-5-3C3.5 11.4 5.1 7.3 8 4.6Zm1.1 6.2c-1 0-1.7.9-1.7 2s.7 2 1.7 2 1.7-.9 1.7-2-.7-2-1.7-2Zm5.8 0c-1 0-1.7.9-1.7 2s.7 2 1.7 2 1.7-.9 1.7-2-.7-2-1.7-2Z',
      color: '#5865f2',
      width: null,
    },
  ],
  setup: {
    kind: 'oauth',
    settings: { baseUrl: 'DISCORD_BASE_URL', clientId: 'DISCORD_CLIENT_ID', clientSecret: 'DISCORD_CLIENT_SECRET' },
    authorizePath: '/oauth2/authorize',
    tokenPath: '/api/oauth2/token',
    scope: 'webhook.incoming',
    pkce: true,
    read,
    channelName: (destination) => destination.slice(0, destination.lastIndexOf(SEPARATOR)),
  },
  signs: false,
  limits: { atOnce: 1 },
  owns: ({ hostname }) => /(^|\.)discord(app)?\.com$/.test(hostname),
};

/** The address that comes with it is not kept: without a version it would be read as one of API v6. */
function read(answer: Record<string, unknown>): Granted | NotGranted {
  const webhook = answer['webhook'] as
    | Partial<Record<'id' | 'token' | 'name' | 'channel_id' | 'guild_id', unknown>>
    | undefined;
  const { id, token, name, channel_id: channel, guild_id: guild } = webhook ?? {};
  if (typeof id !== 'string' || !SNOWFLAKE.test(id) || typeof token !== 'string' || !TOKEN.test(token))
    return { fault: 'no_webhook' };
  // Discord names neither the server nor the channel: the end of the channel's id tells two apart
  const label = shown(name, 'Webhook');
  return {
    credentials: { plain: { id, token }, destination: `${label}${SEPARATOR}channel …${String(channel).slice(-4)}` },
    name: label,
    target: `discord:${String(guild)}:${String(channel)}`,
  };
}
