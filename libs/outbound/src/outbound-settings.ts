import { boolean, httpUrl, type SettingOptions } from '#libs/config';
import { addressRanges, opensTooMuch, standIn } from './address-ranges.js';

/** Settings of each service that checks destinations or calls them: what one accepts, the other must be able to call. */
export const OUTBOUND_ALLOW_HTTP: SettingOptions<boolean> = {
  env: 'OUTBOUND_ALLOW_HTTP',
  parse: boolean,
  local: true,
  default: false,
  unsafe: (allowed) => (allowed ? 'must be false' : undefined),
};

export const OUTBOUND_ALLOWED_CIDRS: SettingOptions<string[]> = {
  env: 'OUTBOUND_ALLOWED_CIDRS',
  parse: addressRanges,
  local: ['127.0.0.0/8', '::1/128'],
  default: [],
  emptyIsValue: true,
  unsafe: opensTooMuch,
};

export const SLACK_BASE_URL: SettingOptions<string> = {
  env: 'SLACK_BASE_URL',
  parse: httpUrl,
  local: 'http://localhost:4100/slack',
  default: 'https://slack.com',
  unsafe: standIn,
};

export const DISCORD_BASE_URL: SettingOptions<string> = {
  env: 'DISCORD_BASE_URL',
  parse: httpUrl,
  local: 'http://localhost:4100/discord',
  default: 'https://discord.com',
  unsafe: standIn,
};
