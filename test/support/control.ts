import type { ServiceName } from '../../tools/supervisor/service-env.js';
import type { ServerName } from '../../tools/supervisor/embedded-servers.js';
import { stack } from '../e2e/support/api.js';
import type { Command, Instance } from './stack-control.js';

/** Just over what a stack takes to get ready, or to give up. */
const ANSWER_MS = 130_000;

async function ask<T = void>(command: Command): Promise<T> {
  const response = await fetch(stack().controlUrl, {
    method: 'POST',
    body: JSON.stringify(command),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as T;
}

/** Ends a service the hard way; the supervisor starts it again. */
export const kill = (service: ServiceName): Promise<void> => signalService(service, 'SIGKILL');
/** Freezes (SIGSTOP), wakes (SIGCONT) or ends an instance of a service; one that ends is started again. */
export const signalService = (service: ServiceName, signal: NodeJS.Signals, instance = 1): Promise<void> =>
  ask({ ask: 'signal-service', service, signal, instance });
/** As a deployment would: it finishes what is in flight. It stays stopped until it is started. */
export const stopService = (service: ServiceName): Promise<void> => ask({ ask: 'stop-service', service });
/** Resolves when it is ready. */
export const startService = (service: ServiceName): Promise<void> => ask({ ask: 'start-service', service });
/**
 * Stops a service and starts it with these settings on top of the stack's own (an empty text takes one away); a restart
 * without settings goes back to those of the stack. Resolves when it is ready; with `ready: false` once it is started.
 */
export const restartService = (
  service: ServiceName,
  settings: Record<string, string> = {},
  { ready = true } = {},
): Promise<void> => ask({ ask: 'restart-service', service, settings, ready });
/** The processes of a service: the first is the one that the other services and the gateway call. */
export const instances = (service: ServiceName): Promise<Instance[]> => ask({ ask: 'instances', service });
/** One more instance of a service, which shares the work with those that run; resolves when it is ready. */
export const startAnother = (service: ServiceName): Promise<Instance> => ask({ ask: 'start-another', service });
/** Stops the instances that were started so, as a deployment would: they finish what is in flight. */
export const stopOthers = (service: ServiceName): Promise<void> => ask({ ask: 'stop-others', service });
/** A clean stop; it stays stopped until it is started. */
export const stopServer = (server: ServerName): Promise<void> => ask({ ask: 'stop-server', server });
/** Resolves when it answers; also where it runs already. */
export const startServer = (server: ServerName): Promise<void> => ask({ ask: 'start-server', server });
/** Freezes (SIGSTOP), wakes (SIGCONT) or kills (SIGKILL) a server with all its processes; one that ends is started again. */
export const signalServer = (server: ServerName, signal: NodeJS.Signals): Promise<void> =>
  ask({ ask: 'signal-server', server, signal });
/** Kafka stopped, all its data deleted, and started empty at the same address. Resolves when it answers. */
export const wipeKafka = (): Promise<void> => ask({ ask: 'wipe-kafka' });
/** Resolves when every service is ready again. */
export const allReady = (): Promise<void> => ask({ ask: 'ready' });
