import { isIP } from 'node:net';
import { AddressRules, isInternalName } from '#libs/outbound';
import { parseUrl } from '#libs/url';
import type { CheckTools, CredentialsCheck, ProviderDeclaration } from '../declaration.js';
import { pastedUrl } from '../pasted.js';
import { targetOfUrl } from '../target.js';

const MAX_URL = 2_000;
/** Power Automate's, since November 2025, and the Logic Apps' of before; of the public cloud and of authorities. */
const WORKFLOW_HOST =
  /\.environment\.api\.powerplatform\.com$|\.api\.(gov|high)\.powerplatform\.microsoft\.us$|\.logic\.azure\.(com|us)$/;
const WORKFLOW_PATH = /\/workflows\/([^/]+)\/triggers\/manual\/paths\/invoke$/;
/** Of the connectors that workflows have taken the place of. */
const CONNECTOR_HOST = /(^|\.)webhook\.office\.com$|^outlook\.office(365)?\.com$/;
const CLOSED = new AddressRules({ allowHttp: true, allowedCidrs: [] });

/** A channel or chat of Microsoft Teams, by the address that its Workflows app gives out for it. */
export const TEAMS: ProviderDeclaration = {
  name: 'Microsoft Teams',
  icon: [
    {
      path: 'M5 6.5h8.5A1.5 1.5 0 0 1 15 8v8.5a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 16.5V8A1.5 1.5 0 0 1 5 6.5Z',
      color: '#5b5fc7',
      width: null,
    },
    { path: 'M6.7 10h5.1M9.25 10v5.2', color: '#ffffff', width: 1.6 },
    {
      path: 'M18.2 5.2a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM16.6 11h3.9v4.6a2.7 2.7 0 0 1-3.9 2.4Z',
      color: '#7b83eb',
      width: null,
    },
  ],
  setup: {
    kind: 'form',
    fields: [
      {
        name: 'url',
        label: 'Workflow URL',
        type: 'url',
        required: true,
        credential: true,
        hint: 'In Teams, add the workflow “Send webhook alerts to a channel” and copy its URL. Stored encrypted; you cannot view it later.',
        placeholder: 'https://….environment.api.powerplatform.com/…',
      },
    ],
    needs: [],
    check,
    target: (plain) => targetOfUrl('teams', plain),
  },
  signs: false,
  limits: { atOnce: 1, messageBytes: 28 * 1_024 },
  owns: ({ hostname, pathname }) =>
    CONNECTOR_HOST.test(hostname) || (WORKFLOW_HOST.test(hostname) && WORKFLOW_PATH.test(pathname)),
};

function check({ url: typed, ...rest }: Record<string, unknown>, { rules }: CheckTools): Promise<CredentialsCheck> {
  const url = typeof typed === 'string' ? asMeant(typed) : null;
  const errors = Object.keys(rest).map((field) => ({
    field,
    message: 'is not a known field; Microsoft Teams has url',
  }));
  if (url === null)
    errors.push({ field: 'url', message: `must be a full URL of ${MAX_URL} characters at most, as Teams shows it` });
  if (url === null || errors.length > 0) return Promise.resolve({ kind: 'invalid', errors });
  const refusal = refusalOf(url, rules);
  if (refusal !== null) return Promise.resolve({ kind: 'refused', error: { field: 'url', message: refusal } });
  const workflow = WORKFLOW_PATH.exec(url.pathname)![1]!;
  const destination = `${url.origin}/… · workflow …${workflow.slice(-4)}`;
  return Promise.resolve({ kind: 'ok', credentials: { plain: { url: url.href }, destination } });
}

/** Null where it is no URL. One that was copied out of a page or a mail may have its ampersands written out. */
function asMeant(typed: string): URL | null {
  const text = pastedUrl(typed).replaceAll('&amp;', '&');
  const url = text.length > MAX_URL ? null : parseUrl(text);
  return url && url.href.length <= MAX_URL ? url : null;
}

/** The whole address is the permission to post: without its signature it is of no use, and on another host it is no secret of Teams. */
function refusalOf(url: URL, rules: AddressRules): string | null {
  const { hostname, pathname, searchParams, href } = url;
  if (CONNECTOR_HOST.test(hostname))
    return 'must be the URL of a workflow; this one is of a connector, which Microsoft is retiring. Add a workflow to the channel';
  if (!WORKFLOW_PATH.test(pathname) || !isHost(hostname))
    return 'must be the URL that the Workflows app of Teams shows, which has /triggers/manual/paths/invoke in it';
  if (!searchParams.get('sig')) return 'must be the whole URL: its signature, sig=… at its end, is missing';
  return rules.checkUrl(href) ?? (href.includes('#') ? 'must not hold a fragment' : null);
}

/** Microsoft's, or one of this network: a stand-in or a proxy, which the operator must have opened (`rules`). */
function isHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return WORKFLOW_HOST.test(host) || (isIP(host) === 0 ? isInternalName(host) : !CLOSED.isAllowed(host));
}
