import { connect as connectPlainly, isIP, type Socket } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import type { TlsIdentity } from './tls-identity.js';

export interface BrokerSocketsOptions {
  /** Without it connections are not encrypted. */
  identity?: TlsIdentity;
  onFailed: (error: Error, broker: string) => void;
  /** A connection was answered more than once: this is a listener that we can talk to. */
  onWorks: () => void;
}

const KEEP_ALIVE_MS = 60_000;
const ALERT = 0x15;
const TLS_MAJOR = 3;

/** The brokers' port speaks TLS, and we do not. */
class TlsExpected extends Error {
  override readonly name = 'TlsExpected';
  readonly code = 'TLS_EXPECTED';
}

/** Without SASL, a broker that wants it answers which requests it knows, and closes the connection at the next one. */
class ClosedEarly extends Error {
  override readonly name = 'ClosedEarly';
  readonly code = 'CLOSED_EARLY';
}

/** Connections as kafkajs makes them, but each failure is passed on as it is: kafkajs keeps no more than a message of it. */
export function brokerSockets({ identity, onFailed, onWorks }: BrokerSocketsOptions): ISocketFactory {
  return ({ host, port, onConnect }) => {
    const failed = (error: Error): void => onFailed(error, `${host}:${port}`);
    const connected = (): void => {
      watchFirstAnswers(socket, { tls: identity !== undefined, failed, onWorks });
      onConnect();
    };
    const socket: Socket = identity
      ? connectByTls(
          { host, port, secureContext: identity.current(), ...(isIP(host) ? {} : { servername: host }) },
          connected,
        )
      : connectPlainly({ host, port }, connected);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.on('error', failed);
    return socket;
  };
}

function watchFirstAnswers(
  socket: Socket,
  { tls, failed, onWorks }: { tls: boolean; failed: (error: Error) => void; onWorks: () => void },
): void {
  const closed = (): void => {
    if (!socket.writableEnded) failed(new ClosedEarly('the broker closed the connection'));
  };
  const works = (): void => {
    socket.off('end', closed);
    onWorks();
  };
  socket.once('end', closed);
  socket.once('data', (first: Buffer) => {
    // as the size of an answer these bytes would say 350 MB, and kafkajs would wait for them
    if (!tls && first[0] === ALERT && first[1] === TLS_MAJOR)
      socket.destroy(new TlsExpected('the broker sent a TLS alert'));
    else socket.once('data', works);
  });
}
