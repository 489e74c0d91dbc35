import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { parseUrl } from '#libs/url';
import { isWithin, type AddressRange } from './address-range.js';
import { FORBIDDEN_PORTS } from './forbidden-ports.js';
import { isInternalName } from './internal-name.js';
import { isPublic } from './public-address.js';

export interface AddressRulesOptions {
  /** Whether `http:` may be called as well as `https:`. */
  allowHttp: boolean;
  /** Ranges that may be called although they are not public, in CIDR notation. */
  allowedCidrs: readonly string[];
}

/** One sentence for all of it: whether an internal name exists, or what it stands for, is nobody's business. */
export const NOT_PUBLIC = 'must be an address on the internet, not a private, loopback or link-local one';

/** Which addresses may be called on behalf of a tenant: public ones, and those that the operator has opened. */
export class AddressRules {
  private readonly opened: AddressRange[];

  /** @throws where an entry is not a CIDR range */
  constructor(private readonly options: AddressRulesOptions) {
    this.opened = options.allowedCidrs.map((range) => ipaddr.parseCIDR(range));
  }

  /**
   * Why this URL may not be called, as a sentence without the URL; null where it may, as far as it says itself. No port of
   * another protocol is called, except at what the operator has opened.
   */
  checkUrl(text: string): string | null {
    const url = parseUrl(text);
    if (!url) return 'must be a full URL, such as https://example.com/hooks';
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && this.options.allowHttp))
      return `must begin with https://${this.options.allowHttp ? ' or http://' : ''}`;
    if (url.username !== '' || url.password !== '')
      return 'must not hold a user name or password; use the Authorization header';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0) {
      if (this.isOpened(host)) return null;
      if (!this.isAllowed(host)) return NOT_PUBLIC;
    } else if (isInternalName(host)) return this.opened.length > 0 ? null : NOT_PUBLIC;
    if (FORBIDDEN_PORTS.has(Number(url.port || 443)))
      return 'must not use a port that belongs to another protocol; webhooks are on 443, 8443 and the like';
    return null;
  }

  /** Whether this address may be connected to. IPv6 forms of an IPv4 address count as that address. */
  isAllowed(ip: string): boolean {
    if (!ipaddr.isValid(ip)) return false;
    return this.isOpened(ip) || isPublic(ipaddr.process(ip));
  }

  /**
   * Whether a name may be called that stands for these addresses. One that is of this network by its form must stand for
   * an address that the operator has opened; another may stand for nothing yet.
   */
  isNameAllowed(hostname: string, addresses: readonly string[]): boolean {
    if (isInternalName(hostname)) return addresses.some((address) => this.isOpened(address));
    return addresses.length === 0 || addresses.some((address) => this.isAllowed(address));
  }

  private isOpened(ip: string): boolean {
    if (this.opened.length === 0 || !ipaddr.isValid(ip)) return false;
    return isWithin(ipaddr.process(ip), this.opened);
  }
}
