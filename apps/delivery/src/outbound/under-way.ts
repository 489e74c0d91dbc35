/** What can be given up at once, for a reason of our own. */
export interface Abandonable {
  abandon(reason: unknown): void;
}

/**
 * The exchanges that run under each signal, with one listener for all of them: a listener each would be a list of
 * thousands on the service's one signal, searched through at the end of every exchange.
 */
export class UnderWay {
  private readonly bySignal = new WeakMap<AbortSignal, Set<Abandonable>>();

  /** Abandons the exchange when the signal is aborted. The caller runs what is returned when the exchange has ended. */
  add(exchange: Abandonable, signal: AbortSignal): () => void {
    let exchanges = this.bySignal.get(signal);
    if (!exchanges) {
      exchanges = new Set();
      this.bySignal.set(signal, exchanges);
      signal.addEventListener('abort', () => this.abandonAll(signal), { once: true });
    }
    const running = exchanges.add(exchange);
    return () => void running.delete(exchange);
  }

  private abandonAll(signal: AbortSignal): void {
    for (const exchange of this.bySignal.get(signal) ?? []) exchange.abandon(signal.reason);
  }
}
