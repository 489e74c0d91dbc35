import { stack } from '../e2e/support/api.js';

type Server = 'kafka' | 'postgres';

async function ask(command: object): Promise<void> {
  const response = await fetch(stack().controlUrl, {
    method: 'POST',
    body: JSON.stringify(command),
    signal: AbortSignal.timeout(130_000),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Ends a service the hard way; the supervisor starts it again. */
export const kill = (service: string): Promise<void> => ask({ service, signal: 'SIGKILL' });
export const stopServer = (server: Server): Promise<void> => ask({ server, action: 'stop' });
export const startServer = (server: Server): Promise<void> => ask({ server, action: 'start' });
/** One more instance of a service, which shares the work with those that run; resolves when it is ready. */
export const startAnother = (service: string): Promise<void> => ask({ another: service, action: 'start' });
/** Stops the instances that were started so, as a deployment would: they finish what is under way. */
export const stopOthers = (service: string): Promise<void> => ask({ another: service, action: 'stop' });
/** Resolves when every service is ready again. */
export const allReady = (): Promise<void> => ask({ ready: true });
