export interface DiscordCredentials {
  /** The webhook's snowflake. */
  id: string;
  /** Whoever has it may post. */
  token: string;
}

const SNOWFLAKE = /^\d{1,20}$/;
/** Nothing that means something in a path. */
const TOKEN = /^[\w-]{1,200}$/;

/** Reads opened credentials; null where they are not those of a Discord webhook. */
export function readDiscordCredentials(value: unknown): DiscordCredentials | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, token } = value as { id?: unknown; token?: unknown };
  if (typeof id !== 'string' || !SNOWFLAKE.test(id)) return null;
  return typeof token === 'string' && TOKEN.test(token) ? { id, token } : null;
}

/**
 * Where a webhook is posted to. Its version is written out: without it Discord takes an old one, whose waits are in
 * milliseconds; with `wait` it says whether it kept the message.
 */
export function discordAddress(baseUrl: string, { id, token }: DiscordCredentials): string {
  return `${baseUrl}/api/v10/webhooks/${id}/${token}?wait=true`;
}
