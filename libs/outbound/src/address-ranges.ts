import ipaddr from 'ipaddr.js';
import { list, onThisMachine, withoutTls } from '#libs/config';
import { isWithin } from './address-range.js';
import { isInternalName } from './internal-name.js';

/** Setting parser: ranges in CIDR notation, separated by commas. */
export function addressRanges(value: string): string[] {
  const ranges = list()(value);
  if (ranges.every((range) => ipaddr.isValidCIDR(range))) return ranges;
  throw new Error('must be address ranges such as 10.0.0.0/8, separated by commas');
}

/** Where this machine, its neighbours on the link, and the metadata of clouds are: no destination is ever there. */
const NEVER = ['127.0.0.1', '169.254.169.254', '168.63.129.16', '0.0.0.0', '::1', 'fe80::1', 'fd00:ec2::254', '::'];

/** Rule for `Setting.unsafe`: what opened ranges must be in production, or nothing where they are that. */
export function opensTooMuch(ranges: string[]): string | undefined {
  const opened = ranges.map((range) => ipaddr.parseCIDR(range));
  return NEVER.some((ip) => isWithin(ipaddr.parse(ip), opened))
    ? 'must not hold this machine, link-local addresses or the metadata of clouds'
    : undefined;
}

/** Rule for `Setting.unsafe`: a provider is never on this machine or its network, where only the sandbox is. */
export const standIn = (url: string): string | undefined =>
  withoutTls(url) ?? (isInternalName(new URL(url).hostname) ? 'must not be the sandbox' : onThisMachine(url));
