import ipaddr from 'ipaddr.js';
import { list } from '#libs/config';

/** Setting parser: ranges in CIDR notation, separated by commas. */
export function addressRanges(value: string): string[] {
  const ranges = list()(value);
  if (ranges.every((range) => ipaddr.isValidCIDR(range))) return ranges;
  throw new Error('must be address ranges such as 10.0.0.0/8, separated by commas');
}
