import type { AttemptEvent } from './types.js';
import { useEffect, useEffectEvent } from 'react';
import { waiting } from './connection.js';
import { EventLines } from './event-lines.js';
import { ApiProblem, passes, type Area } from './problem.js';
import { send } from './send.js';

type Listener = (event: AttemptEvent) => void;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** A stream that ends and comes back at once is nothing to speak of. */
const FAILURES_TO_SHOW = 2;

/** One stream of attempts for the whole page, open while somebody listens; it goes on where it was cut. */
class DeliveryStream {
  private readonly listeners = new Set<Listener>();
  private open: AbortController | undefined;
  private lastId: string | undefined;

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.open === undefined) {
      this.open = new AbortController();
      void this.run(this.open.signal);
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  }

  private close(): void {
    this.open?.abort();
    this.open = undefined;
    this.lastId = undefined;
    waiting.set('stream', undefined);
  }

  private async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let area: Area = 'delivery';
    while (!signal.aborted) {
      try {
        await this.read(signal, () => {
          failures = 0;
          waiting.set('stream', undefined);
        });
      } catch (error) {
        area = passes(error) ? error.area : 'delivery';
        if (signal.aborted || (error instanceof ApiProblem && error.status === 401)) return;
        if (error instanceof ApiProblem && error.status === 400) this.lastId = undefined; // from before a restore: begin anew
      }
      if (signal.aborted) return;
      failures += 1;
      waiting.set('stream', failures >= FAILURES_TO_SHOW ? area : undefined);
      await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)), signal);
    }
  }

  private async read(signal: AbortSignal, onOpen: () => void): Promise<void> {
    const headers = this.lastId === undefined ? undefined : { 'last-event-id': this.lastId };
    const response = await send(new Request('/api/v1/deliveries/stream', { headers, signal }));
    onOpen();
    const lines = new EventLines();
    const text = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await text.read(); !read.done; read = await text.read()) {
      for (const { id, type, data } of lines.push(read.value)) {
        this.lastId = id ?? this.lastId;
        if (type === 'attempt') this.tell(JSON.parse(data) as AttemptEvent);
      }
    }
  }

  private tell(event: AttemptEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

const stream = new DeliveryStream();

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** Calls back for every attempt of the organization as it happens, while the component is there. */
export function useAttempts(listener: Listener): void {
  const tell = useEffectEvent(listener);
  useEffect(() => stream.listen((event) => tell(event)), []);
}
