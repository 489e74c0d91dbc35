import type { Server, ServerResponse } from 'node:http';

/** How often connections are looked for that have become idle. */
const LOOK_MS = 20;

/** The calls that a server is answering, and how it stops without cutting one of them off. */
export class HttpDrain {
  private readonly answering = new Set<ServerResponse>();
  private closing = false;

  constructor(private readonly server: Server) {}

  /** Calls that are being answered. */
  get inFlight(): number {
    return this.answering.size;
  }

  /** To be told of every call. */
  take(response: ServerResponse): void {
    if (this.closing) response.shouldKeepAlive = false;
    this.answering.add(response);
    response.once('close', () => this.answering.delete(response));
  }

  /** From now on each answer says `Connection: close`, so that clients look for another instance; calls are still taken. */
  sendAway(): void {
    this.closing = true;
    for (const response of this.answering) response.shouldKeepAlive = false; // no effect where the headers are out
  }

  /**
   * Takes no new connection, closes idle ones, and resolves when the calls in flight are answered. After `withinMs` cuts
   * what is left. Answers how many calls were cut.
   */
  async close(withinMs: number): Promise<number> {
    this.sendAway();
    let late: NodeJS.Timeout | undefined;
    let cut = 0;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve())); // an error says that it is closed already
    const looking = setInterval(() => this.server.closeIdleConnections(), LOOK_MS);
    late = setTimeout(() => {
      cut = this.answering.size;
      this.server.closeAllConnections();
    }, withinMs);
    await closed;
    clearInterval(looking);
    clearTimeout(late);
    return cut;
  }
}
