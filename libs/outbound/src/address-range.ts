import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type AddressRange = [Address, number];

/** Whether one of the ranges holds the address; ranges of the other kind do not. */
export const isWithin = (address: Address, ranges: readonly AddressRange[]): boolean =>
  ranges.some((range) => range[0].kind() === address.kind() && address.match(range));
