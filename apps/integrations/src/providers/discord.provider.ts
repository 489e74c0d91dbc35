import { OAuthFault } from '../oauth/oauth-fault.js';
import type { Granted, OAuthSetup, ProviderSetup } from './provider.js';
import { shown } from './slack.provider.js';

export interface DiscordSettings {
  discordBaseUrl: string;
  discordClientId?: string;
  discordClientSecret?: string;
}

const SNOWFLAKE = /^\d{5,25}$/;
const TOKEN = /^[A-Za-z0-9_-]{1,200}$/;

/** One channel of a Discord server, by a webhook that Discord makes when its user allows it. */
export class DiscordProvider implements ProviderSetup {
  readonly id = 'discord';
  readonly name = 'Discord';
  readonly setup = 'oauth';
  readonly status: ProviderSetup['status'];
  readonly missing: string[];
  readonly fields = [];
  readonly signs = false;
  readonly concurrent = false;
  readonly oauth?: OAuthSetup;

  constructor({ discordBaseUrl: base, discordClientId: clientId, discordClientSecret: clientSecret }: DiscordSettings) {
    this.missing = [...(clientId ? [] : ['DISCORD_CLIENT_ID']), ...(clientSecret ? [] : ['DISCORD_CLIENT_SECRET'])];
    this.status = this.missing.length === 0 ? 'available' : 'not_configured';
    if (!clientId || !clientSecret) return;
    this.oauth = {
      authorizeUrl: `${base}/oauth2/authorize`,
      tokenUrl: `${base}/api/oauth2/token`,
      clientId,
      clientSecret,
      scope: 'webhook.incoming',
      pkce: true,
      read,
    };
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
