import { parseUrl } from '#libs/url';

export interface SlackCredentials {
  /** The incoming webhook's address; its path is a secret. */
  url: string;
}

/** Where Slack is: webhooks of the real one have a host of their own. */
export interface SlackPlace {
  baseUrl: string;
  /** Whether plain HTTP is out of the question. */
  httpsOnly: boolean;
}

/** Of everybody, and of authorities. */
const REAL_SLACKS = ['https://slack.com', 'https://slack-gov.com'];
const REAL_HOOKS = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

/** Reads opened credentials; null where they are not those of a webhook at this Slack. */
export function readSlackCredentials(value: unknown, place: SlackPlace): SlackCredentials | null {
  if (typeof value !== 'object' || value === null) return null;
  const { url } = value as { url?: unknown };
  return typeof url === 'string' && isSlackWebhook(url, place) ? { url } : null;
}

/** Whether an address is on the host that this Slack's webhooks are on, so that nobody else is called in its place. */
export function isSlackWebhook(address: string, { baseUrl, httpsOnly }: SlackPlace): boolean {
  const url = parseUrl(address);
  if (!url) return false;
  const { origin, protocol, username, password } = url;
  if (username !== '' || password !== '' || (httpsOnly && protocol !== 'https:')) return false;
  const base = new URL(baseUrl).origin;
  return REAL_SLACKS.includes(base) ? REAL_HOOKS.includes(origin) : origin === base;
}
