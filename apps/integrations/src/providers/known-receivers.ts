interface KnownReceiver {
  host: RegExp;
  /** Of the path, where not all of the host is one. */
  path?: RegExp;
  /** Why an event posted there can never arrive, and what to do instead. */
  instead: string;
}

const ownFormat = (name: string): string =>
  `must not be an address of ${name}, which takes messages in its own format only; ${name} is not offered here yet`;

/** Receivers that many people paste here and that would refuse, or swallow, every release event. */
const KNOWN: readonly KnownReceiver[] = [
  {
    host: /(^|\.)slack(-gov)?\.com$/,
    instead: 'must not be an address of Slack, which takes messages in its own format only; use the Slack tile instead',
  },
  {
    host: /(^|\.)discord(app)?\.com$/,
    instead:
      'must not be an address of Discord, which takes messages in its own format only; use the Discord tile instead',
  },
  { host: /(^|\.)webhook\.office\.com$|^outlook\.office(365)?\.com$/, instead: ownFormat('Microsoft Teams') },
  {
    // what the Workflows app of Teams gives out
    host: /\.logic\.azure\.com$|\.api\.powerplatform\.com$/,
    path: /\/workflows\/[^/]+\/triggers\/manual\/paths\/invoke$/,
    instead: ownFormat('Microsoft Teams'),
  },
  { host: /^chat\.googleapis\.com$/, instead: ownFormat('Google Chat') },
  { host: /^webexapis\.com$/, path: /^\/v1\/webhooks\/incoming\//, instead: ownFormat('Webex') },
  { host: /^api\.telegram\.org$/, instead: ownFormat('Telegram') },
  { host: /^oapi\.dingtalk\.com$/, instead: ownFormat('DingTalk') },
  { host: /^open\.(feishu\.cn|larksuite\.com)$/, instead: ownFormat('Lark') },
  { host: /^qyapi\.weixin\.qq\.com$/, instead: ownFormat('WeCom') },
  { host: /^events(\.eu)?\.pagerduty\.com$/, instead: ownFormat('PagerDuty') },
];

/** Why this address can never take a release event, as a sentence without the address; null where it may. */
export function refusalOfKnown({ hostname, pathname }: URL): string | null {
  const host = hostname.replace(/\.$/, '');
  const known = KNOWN.find((one) => one.host.test(host) && (one.path?.test(pathname) ?? true));
  return known?.instead ?? null;
}
