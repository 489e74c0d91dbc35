import type { LookupAddress } from 'node:dns';
import { Resolver, lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

export type ResolveName = (hostname: string) => Promise<LookupAddress[]>;

const QUERY_TIMEOUT_MS = 800;
const TRIES = 2;
const MOST_NAME = 253;
const MOST_LABEL = 63;

/** Names that only this machine or its network knows: the hosts file and search domains are read by `lookup` alone. */
const LOCAL_NAME = /^[^.]+$|\.(localhost|local|internal)$/;

/**
 * Resolves names without the thread pool. Node's own `lookup` holds one of its four threads for as long as a name
 * server takes: four names whose servers never answer would stop all others, and the opening of credentials with them.
 */
export class NameResolver {
  private readonly resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: TRIES });
  private readonly underWay = new Map<string, Promise<LookupAddress[]>>();

  /** `servers`: name servers with their port, instead of the machine's own. */
  constructor(servers?: string[]) {
    if (servers) this.resolver.setServers(servers);
  }

  /** All addresses of a name; of an address, itself. Connections that open at the same time share one answer. @throws the resolver's error */
  readonly resolve: ResolveName = (hostname) => {
    let answer = this.underWay.get(hostname);
    if (!answer) {
      answer = this.addressesOf(hostname).finally(() => this.underWay.delete(hostname));
      this.underWay.set(hostname, answer);
    }
    return answer;
  };

  private async addressesOf(hostname: string): Promise<LookupAddress[]> {
    const family = isIP(hostname);
    if (family !== 0) return [{ address: hostname, family }];
    if (isTooLong(hostname)) throw Object.assign(new Error('no name is so long'), { code: 'ENAMETOOLONG' });
    if (LOCAL_NAME.test(hostname)) return lookup(hostname, { all: true });
    const [v4, v6] = await Promise.allSettled([this.resolver.resolve4(hostname), this.resolver.resolve6(hostname)]);
    const found = [...addresses(v4, 4), ...addresses(v6, 6)];
    if (found.length > 0) return found;
    if (timedOut(v4) || timedOut(v6)) throw Object.assign(new Error('no name server answered'), { code: 'ETIMEOUT' });
    // The name servers answered quickly that there is no such name: it may still be in the hosts file.
    return lookup(hostname, { all: true });
  }
}

/** Longer than RFC 1035 allows: the resolver and the system's lookup each say something else of such a name. */
const isTooLong = (hostname: string): boolean =>
  hostname.replace(/\.$/, '').length > MOST_NAME || hostname.split('.').some((label) => label.length > MOST_LABEL);

function addresses(result: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return result.status === 'fulfilled' ? result.value.map((address) => ({ address, family })) : [];
}

const timedOut = (result: PromiseSettledResult<unknown>): boolean =>
  result.status === 'rejected' && (result.reason as { code?: string }).code === 'ETIMEOUT';
