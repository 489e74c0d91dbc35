import { isIP } from 'node:net';
import { NOT_PUBLIC } from '#libs/outbound';
import type { FieldError } from '#libs/problems';
import { parseUrl } from '#libs/url';
import type { CheckTools, CredentialsCheck, ProviderDeclaration } from '../declaration.js';
import { hostAddresses } from '../host-addresses.js';
import { pastedAuthorization, pastedUrl } from '../pasted.js';
import { targetOfUrl } from '../target.js';
import { changeWebhook } from './change-webhook.js';
import { refusalOfForeign } from './foreign-receivers.js';

const MAX_URL = 2_000;
const MAX_AUTHORIZATION = 4_000;
const MOST_AT_ONCE = 32;
/** Anything else could begin another header. */
const HEADER_VALUE = /^[\x20-\x7e]+$/;
/** `X-Api-Key: value`; a value of Authorization has no colon before its first space. */
const OTHER_HEADER = /^[A-Za-z][A-Za-z0-9-]*:\s/;
const KNOWN = ['url', 'authorization'];

/** A URL of the user's own that release events are posted to. */
export const WEBHOOK: ProviderDeclaration = {
  name: 'Custom webhook',
  icon: [{ path: 'm8.5 8.5-4 3.5 4 3.5M15.5 8.5l4 3.5-4 3.5M13.3 6.5l-2.6 11', color: null, width: 1.9 }],
  setup: {
    kind: 'form',
    fields: [
      {
        name: 'url',
        label: 'URL',
        type: 'url',
        required: true,
        credential: true,
        placeholder: 'https://example.com/hooks/nitropush',
      },
      {
        name: 'authorization',
        label: 'Authorization header',
        type: 'secret',
        required: false,
        credential: true,
        hint: 'Sent with every delivery. Stored encrypted; you cannot view it later.',
        placeholder: 'Bearer …',
        kept: true,
      },
      {
        name: 'concurrency',
        label: 'Deliveries at once',
        type: 'number',
        required: false,
        credential: false,
        hint: '1 preserves order; higher is faster.',
        min: 1,
        max: MOST_AT_ONCE,
      },
    ],
    needs: [],
    check,
    change: (typed, saved, tools) => changeWebhook(typed, saved, (credentials) => check(credentials, tools)),
    target: (plain) => targetOfUrl('webhook', plain),
  },
  signs: true,
  limits: { atOnce: MOST_AT_ONCE },
};

async function check(
  { url: typed, authorization: header = null, ...rest }: Record<string, unknown>,
  tools: CheckTools,
): Promise<CredentialsCheck> {
  const url = typeof typed === 'string' ? pastedUrl(typed) : typed;
  const authorization = typeof header === 'string' ? pastedAuthorization(header) : header;
  const errors = [
    ...Object.keys(rest).map((field) => ({
      field,
      message: `is not a known field; a webhook has ${KNOWN.join(' and ')}`,
    })),
    ...malformed(url, authorization),
  ];
  if (errors.length > 0) return { kind: 'invalid', errors };
  const refusal = await refusalOf(url as string, tools);
  if (refusal !== null) return { kind: 'refused', error: { field: 'url', message: refusal } };
  const { href, origin } = new URL(url as string);
  const secrets = authorization === null ? [] : ['authorization'];
  return { kind: 'ok', credentials: { plain: { url: href, authorization }, destination: `${origin}/…`, secrets } };
}

/** Every attempt checks the address that it connects to; this tells the user as early as possible. A name that does not resolve now may later. */
async function refusalOf(url: string, { rules, resolve, ownerOf }: CheckTools): Promise<string | null> {
  const refusal =
    refusalOfForeign(new URL(url), ownerOf) ??
    rules.checkUrl(url) ??
    (url.includes('#') ? 'must not hold a fragment' : null);
  if (refusal !== null) return refusal;
  const host = new URL(url).hostname;
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return null;
  const addresses = await hostAddresses(resolve, host);
  return rules.isNameAllowed(host, addresses) ? null : NOT_PUBLIC;
}

function malformed(url: unknown, authorization: unknown): FieldError[] {
  const errors: FieldError[] = [];
  if (!isUrl(url)) {
    errors.push({
      field: 'url',
      message: `must be a full URL of ${MAX_URL} characters at most, such as https://example.com/hooks`,
    });
  }
  if (typeof authorization === 'string' && OTHER_HEADER.test(authorization)) {
    errors.push({
      field: 'authorization',
      message: 'must be the value of the Authorization header; no other header can be set',
    });
  } else if (
    authorization !== null &&
    !(
      typeof authorization === 'string' &&
      authorization.length <= MAX_AUTHORIZATION &&
      HEADER_VALUE.test(authorization)
    )
  ) {
    errors.push({
      field: 'authorization',
      message: `must be 1 to ${MAX_AUTHORIZATION} printable ASCII characters, such as Bearer and a token`,
    });
  }
  return errors;
}

/** Written out, so that what is not ASCII counts as what is sent. */
const isUrl = (url: unknown): boolean =>
  typeof url === 'string' && url.length <= MAX_URL && (parseUrl(url)?.href.length ?? Infinity) <= MAX_URL;
