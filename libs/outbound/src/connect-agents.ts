import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as secure, type ConnectionOptions } from 'node:tls';
import { connectToFirst } from './connect-to-first.js';
import { NameResolver } from './name-resolver.js';

interface Target {
  host?: string | null;
  port?: number | string | null;
}

type Created = (error: Error | null, stream: Duplex) => void;

const names = new NameResolver();

/** Agents for Node's own HTTP client that connect within so many ms, whatever the family; without keeping connections. */
export function connectAgents(timeoutMs: number): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  const options: AgentOptions = { keepAlive: false };
  const httpAgent = new HttpAgent(options);
  const httpsAgent = new HttpsAgent(options);
  httpAgent.createConnection = (target, created) => {
    open(target, timeoutMs, created!);
    return undefined;
  };
  httpsAgent.createConnection = (target, created) => {
    open(target, timeoutMs, (error, socket) => {
      if (error) created!(error, socket);
      else created!(null, secure({ ...(target as ConnectionOptions), socket: socket as Socket }));
    });
    return undefined;
  };
  return { httpAgent, httpsAgent };
}

function open({ host, port }: Target, timeoutMs: number, created: Created): void {
  const began = performance.now();
  const failed = (error: unknown): void => created(error as Error, undefined!);
  names.resolve(host ?? 'localhost').then((addresses) => {
    const left = timeoutMs - (performance.now() - began);
    connectToFirst({ addresses, port: Number(port), timeoutMs: left }, (error, socket) => {
      if (socket) created(null, socket);
      else failed(error);
    });
  }, failed);
}
