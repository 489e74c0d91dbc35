import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import { isInternalName, type ResolveName } from '#libs/outbound';
import { TransportFault } from './transport-fault.js';

export type IsAllowed = (ip: string) => boolean;

const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Opens connections to allowed addresses only. The check is on the very address that is connected to, after its name
 * was resolved: a name that changes its address between a check and the connection gains nothing.
 */
export function guardedConnect(isAllowed: IsAllowed, resolve: ResolveName): buildConnector.connector {
  const options = { timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(isAllowed, resolve) };
  const connect = buildConnector(options as unknown as buildConnector.BuildOptions);
  return (target, callback) => {
    // No lookup is made for a literal address.
    if (isIP(target.hostname) !== 0 && !isAllowed(target.hostname)) {
      callback(new TransportFault('address_forbidden'), null);
      return;
    }
    connect(target, callback);
  };
}

function guardedLookup(isAllowed: IsAllowed, resolve: ResolveName): LookupFunction {
  const resolveThen = callbackify(resolve);
  return (hostname, options, callback) => {
    resolveThen(hostname, (error: NodeJS.ErrnoException | null, addresses) => {
      const allowed = error ? [] : addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      // whether a name of this network exists is not to be learned from what an attempt says
      const fault = error && !isInternalName(hostname) ? error : new TransportFault('address_forbidden');
      if (!first) callback(fault, []);
      else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
