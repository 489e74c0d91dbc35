import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface AddressRulesOptions {
  /** Whether `http:` may be called as well as `https:`. */
  allowHttp: boolean;
  /** Ranges that may be called although they are not public, in CIDR notation. */
  allowedCidrs: readonly string[];
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Which addresses may be called on behalf of a tenant: public ones, and those that the operator has opened. */
export class AddressRules {
  private readonly allowed: Range[];

  /** @throws where an entry is not a CIDR range */
  constructor(private readonly options: AddressRulesOptions) {
    this.allowed = options.allowedCidrs.map((range) => ipaddr.parseCIDR(range) as Range);
  }

  /** Why this URL may not be called, as a sentence without the URL; null where it may, as far as it says itself. */
  checkUrl(text: string): string | null {
    if (!URL.canParse(text)) return 'must be a full URL, such as https://example.com/hooks';
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && this.options.allowHttp))
      return `must begin with https://${this.options.allowHttp ? ' or http://' : ''}`;
    if (url.username !== '' || url.password !== '')
      return 'must not hold a user name or password; use the Authorization header';
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !this.isAllowed(literal))
      return 'must not point to a private, loopback or link-local address';
    if (/^(localhost|.+\.localhost)\.?$/i.test(url.hostname) && !this.isAllowed('127.0.0.1'))
      return 'must not point to this machine';
    return null;
  }

  /** Whether this address may be connected to. IPv6 forms of an IPv4 address count as that address. */
  isAllowed(ip: string): boolean {
    if (!ipaddr.isValid(ip)) return false;
    const address = ipaddr.process(ip);
    return (
      (address.range() === 'unicast' && !isCompatible(address)) ||
      this.allowed.some((range) => address.kind() === range[0].kind() && address.match(range as never))
    );
  }
}

/** `::a.b.c.d`, long out of use; some systems still route it to the IPv4 address. */
function isCompatible(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv6' && address.match(ipaddr.parseCIDR('::/96') as never);
}
