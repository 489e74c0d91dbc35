import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
const range = (cidr: string): [ipaddr.IPv6, number] => ipaddr.IPv6.parseCIDR(cidr);

/** In public space, and yet reached from within: Azure's address for its own agents and name servers. */
const NOT_PUBLIC_V4 = [ipaddr.IPv4.parseCIDR('168.63.129.16/32')];

/** All that is given out for the internet so far (RFC 4291 2.4, IANA's registry). */
const GLOBAL_V6 = range('2000::/3');

/** Parts of it that are no hosts of the internet, or that carry an IPv4 address which a relay then calls. */
const NOT_PUBLIC_V6 = [
  '2001::/23', // IETF protocols: Teredo, ORCHID, benchmarks, AMT, AS112, drones
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3ffe::/16', // the 6bone, given back
  '3fff::/20', // documentation
].map(range);

const ISATAP = 0x5efe;
/** The universal and the group bit of an interface's id: ISATAP is recognised whatever they are. */
const FLAGS = 0x0300;

/** Whether an address is a host of the public internet. An IPv4-mapped address counts as the IPv4 address in it. */
export function isPublic(address: Address): boolean {
  if (address instanceof ipaddr.IPv4)
    return address.range() === 'unicast' && !NOT_PUBLIC_V4.some((one) => address.match(one));
  return (
    address.match(GLOBAL_V6) &&
    address.range() === 'unicast' &&
    !NOT_PUBLIC_V6.some((one) => address.match(one)) &&
    !isIsatap(address)
  );
}

/** An address whose last half is `0:5efe:a.b.c.d` or `200:5efe:a.b.c.d`: a tunnel's end (RFC 5214 6.1), under any prefix. */
const isIsatap = ({ parts }: ipaddr.IPv6): boolean => parts[5] === ISATAP && (parts[4]! & ~FLAGS) === 0;
