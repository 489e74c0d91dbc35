import type { LookupAddress } from 'node:dns';
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';

/** An address that has not answered by then is not given up: the next one is tried beside it (RFC 8305). */
const NEXT_ADDRESS_MS = 250;
/** A name may have hundreds of addresses; trying all of them would be an attack on its owner. */
const MOST_ADDRESSES = 8;
const READ_BYTES = 64 * 1024;
const KEEP_ALIVE_MS = 60_000;

export interface ConnectTarget {
  /** In the order of preference; families are alternated. */
  addresses: readonly LookupAddress[];
  port: number;
  /** Longest that all of it may take, in ms. */
  timeoutMs: number;
}

type Connected = (error: Error | null, socket: Socket | null) => void;

/**
 * Opens a TCP connection to the first of a name's addresses that takes it. Calls back once: with the socket, with the
 * error of the first address that failed where all did, or with code `ETIMEDOUT` when the time is over.
 * Node's own way gives each address 250 ms and drops it then, so a slow IPv4 beside an IPv6 without a route never connects.
 */
export function connectToFirst({ addresses, port, timeoutMs }: ConnectTarget, callback: Connected): void {
  const waiting = alternated(addresses).slice(0, MOST_ADDRESSES);
  const trying = new Set<Socket>();
  let failure: Error | null = null;
  let nextTimer: NodeJS.Timeout | undefined;
  const limit = setTimeout(() => end(timedOut(timeoutMs), null), timeoutMs);

  function end(error: Error | null, winner: Socket | null): void {
    clearTimeout(limit);
    clearTimeout(nextTimer);
    waiting.length = 0;
    for (const socket of trying) if (socket !== winner) socket.destroy();
    trying.clear();
    callback(error, winner);
  }

  function tryNext(): void {
    clearTimeout(nextTimer);
    const address = waiting.shift();
    if (!address) {
      if (trying.size === 0) end(failure ?? new Error('no address to connect to'), null);
      return;
    }
    if (waiting.length > 0) nextTimer = setTimeout(tryNext, NEXT_ADDRESS_MS);
    const socket = opened(address, port);
    trying.add(socket);
    socket.once('connect', () => trying.has(socket) && end(null, socket));
    socket.on('error', (error) => {
      if (!trying.delete(socket)) return;
      failure ??= error;
      tryNext();
    });
  }

  tryNext();
}

function opened({ address, family }: LookupAddress, port: number): Socket {
  const options: TcpNetConnectOpts & { highWaterMark: number } = {
    host: address,
    port,
    family,
    highWaterMark: READ_BYTES,
  };
  return connect(options).setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
}

/** One of each family in turn, beginning with the family of the first. */
function alternated(addresses: readonly LookupAddress[]): LookupAddress[] {
  const family = addresses[0]?.family;
  const preferred = addresses.filter((one) => one.family === family);
  const others = addresses.filter((one) => one.family !== family);
  return preferred.flatMap((one, i) => [one, ...others.slice(i, i + 1)]).concat(others.slice(preferred.length));
}

const timedOut = (ms: number): Error =>
  Object.assign(new Error(`no connection within ${ms} ms`), { code: 'ETIMEDOUT' });
