import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressRules } from '#libs/outbound';
import type { FieldError } from '#libs/problems';
import type { CredentialsCheck, ProviderSetup } from './provider.js';

const MAX_URL = 2_000;
const MAX_AUTHORIZATION = 4_000;
/** Anything else could begin another header. */
const HEADER_VALUE = /^[\x20-\x7e]+$/;
const RESOLVE_WITHIN_MS = 2_000;
const KNOWN = ['url', 'authorization'];

/** A URL of the user's own that release events are posted to. */
export class WebhookProvider implements ProviderSetup {
  readonly id = 'webhook';
  readonly name = 'Custom webhook';
  readonly setup = 'form';
  readonly status = 'available';
  readonly missing: string[] = [];
  readonly fields: ProviderSetup['fields'] = [
    { name: 'url', label: 'URL', type: 'url', required: true },
    { name: 'authorization', label: 'Authorization header', type: 'secret', required: false },
    { name: 'concurrency', label: 'Deliveries at once', type: 'number', required: false },
  ];
  readonly signs = true;
  readonly concurrent = true;

  constructor(private readonly rules: AddressRules) {}

  async check({ url, authorization = null, ...rest }: Record<string, unknown>): Promise<CredentialsCheck> {
    const errors = [
      ...Object.keys(rest).map((field) => ({
        field,
        message: `is not a known field; a webhook has ${KNOWN.join(' and ')}`,
      })),
      ...malformed(url, authorization),
    ];
    if (errors.length > 0) return { kind: 'invalid', errors };
    const address = new URL(url as string);
    const refusal = this.rules.checkUrl(address.href) ?? (await this.refusalOfHost(address.hostname));
    if (refusal !== null) return { kind: 'refused', error: { field: 'url', message: refusal } };
    return {
      kind: 'ok',
      credentials: { plain: { url: address.href, authorization }, destination: `${address.origin}/…` },
    };
  }

  /** Every attempt checks the address that it connects to; this tells the user as early as possible. A name that does not resolve now may later. */
  private async refusalOfHost(host: string): Promise<string | null> {
    if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never[]>((resolve) => {
      timer = setTimeout(() => resolve([]), RESOLVE_WITHIN_MS);
    });
    const addresses = await Promise.race([lookup(host, { all: true }).catch(() => []), late]);
    clearTimeout(timer);
    const forbidden = addresses.length > 0 && addresses.every(({ address }) => !this.rules.isAllowed(address));
    return forbidden ? 'must not point to a private, loopback or link-local address' : null;
  }
}

function malformed(url: unknown, authorization: unknown): FieldError[] {
  const errors: FieldError[] = [];
  if (typeof url !== 'string' || url.length > MAX_URL || !URL.canParse(url)) {
    errors.push({
      field: 'url',
      message: `must be a full URL of ${MAX_URL} characters at most, such as https://example.com/hooks`,
    });
  }
  if (
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
