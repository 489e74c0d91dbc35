interface ForeignReceiver {
  host: RegExp;
  /** Of the path, where not all of the host is one. */
  path?: RegExp;
  /** As people read it. */
  name: string;
}

/** Receivers that many people paste here and that would refuse, or swallow, every release event; none of them has a tile. */
const FOREIGN: readonly ForeignReceiver[] = [
  { host: /^chat\.googleapis\.com$/, name: 'Google Chat' },
  { host: /^webexapis\.com$/, path: /^\/v1\/webhooks\/incoming\//, name: 'Webex' },
  { host: /^api\.telegram\.org$/, name: 'Telegram' },
  { host: /^oapi\.dingtalk\.com$/, name: 'DingTalk' },
  { host: /^open\.(feishu\.cn|larksuite\.com)$/, name: 'Lark' },
  { host: /^qyapi\.weixin\.qq\.com$/, name: 'WeCom' },
  { host: /^events(\.eu)?\.pagerduty\.com$/, name: 'PagerDuty' },
];

const ownFormat = (name: string, instead: string): string =>
  `must not be an address of ${name}, which takes messages in its own format only; ${instead}`;

/**
 * Why this address can never take a release event, as a sentence without the address; null where it may.
 * @param ownerOf the name of the provider that has a tile, and whose own address it is
 */
export function refusalOfForeign(url: URL, ownerOf: (url: URL) => string | null): string | null {
  const plain = new URL(url);
  plain.hostname = url.hostname.replace(/\.$/, '');
  const owner = ownerOf(plain);
  if (owner !== null) return ownFormat(owner, `use the ${owner} tile instead`);
  const foreign = FOREIGN.find((one) => one.host.test(plain.hostname) && (one.path?.test(plain.pathname) ?? true));
  return foreign ? ownFormat(foreign.name, `${foreign.name} is not offered here yet`) : null;
}
