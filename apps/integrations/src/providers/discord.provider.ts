import { OAuthFault } from '../oauth/oauth-fault.js';
import { OAuthProvider, shown } from './oauth.provider.js';
import type { Granted } from './provider.js';

export interface DiscordSettings {
  discordBaseUrl: string;
  discordClientId?: string;
  discordClientSecret?: string;
}

const SNOWFLAKE = /^\d{5,25}$/;
const TOKEN = /^[A-Za-z0-9_-]{1,200}$/;

/** One channel of a Discord server, by a webhook that Discord makes when its user allows it. */
export class DiscordProvider extends OAuthProvider {
  readonly id = 'discord';
  readonly name = 'Discord';

  constructor({ discordBaseUrl: base, discordClientId: id, discordClientSecret: secret }: DiscordSettings) {
    super({ id, secret }, ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'], {
      authorizeUrl: `${base}/oauth2/authorize`,
      tokenUrl: `${base}/api/oauth2/token`,
      scope: 'webhook.incoming',
      pkce: true,
      read,
    });
  }
}

/** The address that comes with it is not kept: without a version it would be read as one of API v6. */
function read(answer: Record<string, unknown>): Granted {
  const webhook = answer['webhook'] as
    Partial<Record<'id' | 'token' | 'name' | 'channel_id' | 'guild_id', unknown>> | undefined;
  const { id, token, name, channel_id: channel, guild_id: guild } = webhook ?? {};
  if (typeof id !== 'string' || !SNOWFLAKE.test(id) || typeof token !== 'string' || !TOKEN.test(token))
    throw new OAuthFault('no_webhook');
  // Discord names neither the server nor the channel: the end of the channel's id tells two apart
  const label = shown(name, 'Webhook');
  return {
    credentials: { plain: { id, token }, destination: `${label} · channel …${String(channel).slice(-4)}` },
    name: label,
    target: `discord:${String(guild)}:${String(channel)}`,
  };
}
