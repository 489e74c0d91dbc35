import type { Socket } from 'node:net';
import { NameResolver, connectToFirst } from '#libs/outbound';
import { TransportFault, connectFaultOf } from '../../outbound/transport-fault.js';
import type { MailServer } from './mail-settings.js';

const CONNECT_TIMEOUT_MS = 3_000;

const names = new NameResolver();

/** Opens a TCP connection within 3 s, its name resolved. @throws the reason of `over`, TransportFault, and our own faults */
export async function connectTo({ host, port }: MailServer, over: AbortSignal): Promise<Socket> {
  over.throwIfAborted();
  return new Promise<Socket>((resolve, reject) => {
    const giveUp = (error: unknown): void => {
      clearTimeout(limit);
      over.removeEventListener('abort', onOver);
      reject(connectFaultOf(error));
    };
    const onOver = (): void => giveUp(over.reason);
    over.addEventListener('abort', onOver, { once: true });
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      giveUp(new TransportFault('timeout', 'not_reached'));
    }, CONNECT_TIMEOUT_MS);
    const began = performance.now();
    names.resolve(host).then((addresses) => {
      if (late || over.aborted) return;
      const timeoutMs = CONNECT_TIMEOUT_MS - (performance.now() - began);
      connectToFirst({ addresses, port, timeoutMs }, (error, socket) => {
        if (!socket) return giveUp(error);
        if (late || over.aborted) return void socket.destroy();
        clearTimeout(limit);
        over.removeEventListener('abort', onOver);
        resolve(socket);
      });
    }, giveUp);
  });
}
