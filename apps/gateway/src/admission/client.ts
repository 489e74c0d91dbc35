import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';

/** Where a request came from. */
export interface Client {
  address: string;
  protocol: 'http' | 'https';
}

/**
 * With `trustedProxies` 0 the connection itself tells. With more, each of them has appended to X-Forwarded-For what it
 * saw, so the client's entry is counted from the right; what stands left of it is the client's own claim.
 */
export function clientOf({ headers, socket }: IncomingMessage, trustedProxies: number): Client {
  const direct = socket.remoteAddress ?? 'unknown';
  const secure = (socket as Partial<TLSSocket>).encrypted === true;
  if (trustedProxies === 0) return { address: direct, protocol: secure ? 'https' : 'http' };
  const seen = [...listOf(headers['x-forwarded-for']), direct];
  const protocol = listOf(headers['x-forwarded-proto']).at(-1) ?? (secure ? 'https' : 'http');
  return {
    address: seen[Math.max(0, seen.length - 1 - trustedProxies)] ?? direct,
    protocol: protocol === 'https' ? 'https' : 'http',
  };
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What limits are counted by: the address, of IPv6 the /64 that one client has, and no two spellings of the same. */
export function addressKey(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // an IPv4 address that is written as IPv6 becomes one
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${(parsed as ipaddr.IPv6).parts.slice(0, 4).map(hex).join(':')}::/64`;
}

const hex = (part: number): string => part.toString(16);
