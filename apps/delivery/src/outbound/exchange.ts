import type { Dispatcher } from 'undici';
import type { OutboundAnswer, TransportCode } from './outbound-result.js';
import { TransportFault, transportCodeOf } from './transport-fault.js';

const MOST_BYTES = 64 * 1024;

type Headers = OutboundAnswer['headers'];

/**
 * One request and its answer, bounded in time and size. What ends it early destroys the connection.
 * Once the head of an answer is there it counts, also where the rest does not come.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<OutboundAnswer>;
  private resolve: (answer: OutboundAnswer) => void;
  private reject: (error: unknown) => void;
  private controller: Dispatcher.DispatchController | undefined;
  private head: { status: number; headers: Headers } | undefined;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private ended = false;
  private readonly timer: NodeJS.Timeout;

  constructor(timeoutMs: number) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.timer = setTimeout(() => this.breakOff('timeout'), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.ended) controller.abort(new TransportFault('timeout'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // 1xx are notices before the answer.
    if (status >= 200) this.head = { status, headers };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.ended) return;
    const room = MOST_BYTES - this.size;
    this.size += chunk.length;
    this.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    if (chunk.length > room) this.breakOff('response_too_large');
  }

  onResponseEnd(): void {
    this.finish(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = transportCodeOf(error);
    if (code) this.finish(code);
    else this.fail(error);
  }

  /** Gives up at once, for a reason of our own. */
  abandon(reason: unknown): void {
    this.fail(reason);
    this.controller?.abort(new TransportFault('connection_reset'));
  }

  private breakOff(code: TransportCode): void {
    this.finish(code);
    this.controller?.abort(new TransportFault(code));
  }

  private finish(cut: TransportCode | null): void {
    if (!this.end()) return;
    if (!this.head) this.reject(new TransportFault(cut ?? 'malformed_response'));
    else this.resolve({ kind: 'answered', ...this.head, body: this.text(), cut });
  }

  private fail(error: unknown): void {
    if (this.end()) this.reject(error);
  }

  /** False where it had ended before. */
  private end(): boolean {
    if (this.ended) return false;
    this.ended = true;
    clearTimeout(this.timer);
    return true;
  }

  private text(): string {
    const [only] = this.chunks;
    return (this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks)).toString('utf8');
  }
}
