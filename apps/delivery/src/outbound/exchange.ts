import type { Dispatcher } from 'undici';
import { beginOn, type GuardedExchange } from './answer-guard.js';
import type { OutboundAnswer, TransportCode } from './outbound-result.js';
import { TransportFault, transportFaultOf } from './transport-fault.js';

type Headers = OutboundAnswer['headers'];

/** Answers that have no body, whatever their headers say of its length (RFC 9112 6.3). */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/**
 * One request and its answer, bounded in time and size. What ends it early destroys the connection.
 * Once the status line of an answer is there it counts, also where the rest does not come.
 */
export class Exchange implements Dispatcher.DispatchHandler, GuardedExchange {
  readonly answer: Promise<OutboundAnswer>;
  reused = false;
  bytes = 0;
  private resolve: (answer: OutboundAnswer) => void;
  private reject: (error: unknown) => void;
  private controller: Dispatcher.DispatchController | undefined;
  private head: { status: number; headers: Headers } | undefined;
  /** Nothing is missing, however it ends. */
  private whole = false;
  private readonly chunks: Buffer[] = [];
  private ended = false;
  private readonly timer: NodeJS.Timeout;

  constructor(timeoutMs: number) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.timer = setTimeout(() => this.breakOff('timeout'), timeoutMs);
  }

  /** The connection was closed as the request went over it, before anything of an answer: the usual end of one that was idle. */
  get metClosedConnection(): boolean {
    return this.reused && this.bytes === 0;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.ended) controller.abort(new TransportFault('timeout'));
    else beginOn(this);
  }

  onStatusLine(status: number): void {
    this.head = { status, headers: {} };
  }

  onTooLarge(): void {
    this.breakOff('response_too_large');
  }

  onMalformed(): void {
    this.breakOff('malformed_response');
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // 1xx are notices before the answer.
    if (status < 200) return;
    this.head = { status, headers };
    this.whole = BODILESS.has(status);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.ended) this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.finish(null);
  }

  /** Whatever undici throws once the request is on its way, the answer made it do so. */
  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const fault = transportFaultOf(error);
    if (fault) this.finish(fault);
    else if (this.controller) this.finish(new TransportFault('malformed_response'));
    else this.fail(error);
  }

  /** Gives up at once, for a reason of our own. */
  abandon(reason: unknown): void {
    this.fail(reason);
    this.controller?.abort(new TransportFault('connection_reset'));
  }

  private breakOff(code: TransportCode): void {
    const fault = new TransportFault(code, this.controller ? null : 'not_reached');
    this.finish(fault);
    this.controller?.abort(fault);
  }

  private finish(fault: TransportFault | null): void {
    if (!this.end()) return;
    if (!this.head) return this.reject(fault ?? new TransportFault('malformed_response'));
    const cut = this.whole ? null : (fault?.code ?? null);
    this.resolve({ kind: 'answered', ...this.head, body: this.text(), cut });
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
