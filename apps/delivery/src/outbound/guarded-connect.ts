import type { LookupAddress } from 'node:dns';
import { isIP, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { connectToFirst, isInternalName, type ResolveName } from '#libs/outbound';
import { guardAnswers } from './answer-guard.js';
import { TransportFault, connectFaultOf } from './transport-fault.js';

export type IsAllowed = (ip: string) => boolean;

const CONNECT_TIMEOUT_MS = 3_000;

type Connected = buildConnector.Callback;

/**
 * Opens connections to allowed addresses only, within 3 s in all: name, TCP and TLS. The check is on the very address
 * that is connected to, after its name was resolved: a name that changes its address between a check and the connection
 * gains nothing.
 */
export function guardedConnect(isAllowed: IsAllowed, resolve: ResolveName): buildConnector.connector {
  const secure = buildConnector({ timeout: 0 }); // the limit is set here, over all steps
  return (target, callback) => {
    const opening = new Opening(callback);
    allowedAddresses(target.hostname, isAllowed, resolve).then(
      (addresses) => opening.connect(addresses, target, secure),
      (error: Error) => opening.end(error, null),
    );
  };
}

async function allowedAddresses(host: string, isAllowed: IsAllowed, resolve: ResolveName): Promise<LookupAddress[]> {
  const name = host.replace(/^\[|\]$/g, '');
  const family = isIP(name);
  const addresses = family === 0 ? await resolved(name, resolve) : [{ address: name, family }];
  const allowed = addresses.filter(({ address }) => isAllowed(address));
  if (allowed.length === 0) throw new TransportFault('address_forbidden');
  return allowed;
}

async function resolved(name: string, resolve: ResolveName): Promise<LookupAddress[]> {
  try {
    return await resolve(name);
  } catch (error) {
    // whether a name of this network exists is not to be learned from what an attempt says
    throw isInternalName(name) ? new TransportFault('address_forbidden') : error;
  }
}

/** One connection that is being opened; reports once. */
class Opening {
  private readonly began = performance.now();
  private readonly limit: NodeJS.Timeout;
  private socket: Socket | undefined;
  private ended = false;

  constructor(private readonly callback: Connected) {
    this.limit = setTimeout(() => this.end(new TransportFault('timeout', 'not_reached'), null), CONNECT_TIMEOUT_MS);
  }

  connect(addresses: LookupAddress[], target: buildConnector.Options, secure: buildConnector.connector): void {
    if (this.ended) return;
    const plain = target.protocol !== 'https:';
    const port = Number(target.port) || (plain ? 80 : 443);
    const timeoutMs = CONNECT_TIMEOUT_MS - (performance.now() - this.began);
    connectToFirst({ addresses, port, timeoutMs }, (error, socket) => {
      if (!socket || plain) return this.end(error, socket);
      if (this.ended) return void socket.destroy();
      this.socket = socket;
      secure({ ...target, httpSocket: socket }, (failed, secured) => this.end(failed, secured));
    });
  }

  end(error: Error | null, socket: Socket | null): void {
    if (this.ended) return void socket?.destroy();
    this.ended = true;
    clearTimeout(this.limit);
    if (socket) return this.callback(null, guardAnswers(socket));
    this.socket?.destroy();
    this.callback(connectFaultOf(error), null);
  }
}
