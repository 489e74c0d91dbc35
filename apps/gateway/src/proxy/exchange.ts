import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { answerHeaders } from './headers.js';

/** Passes one answer of a service on as it comes: nothing is held back, a slow client slows the service down. */
export class Exchange implements Dispatcher.DispatchHandler {
  private controller?: Dispatcher.DispatchController;
  private over = false;
  /** The call may have reached the service. */
  private sent = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly endless: boolean,
    /** Called where the service failed and nothing was sent to the client yet; `sent` where the call may have reached it. */
    private readonly fail: (error: Error, sent: boolean) => void,
  ) {
    response.once('close', () => this.clientClosed());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.response.destroyed) {
      this.over = true; // it left while the call waited for a connection
      controller.abort(new Error('the client went away'));
    } else this.sent = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.response.writeHead(status, answerHeaders(headers));
    if (this.endless) this.response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.response.write(chunk)) return;
    controller.pause();
    this.response.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    this.over = true;
    this.response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.over) return;
    this.over = true;
    if (this.response.destroyed) return;
    if (this.response.headersSent) this.response.destroy();
    else this.fail(error, this.sent);
  }

  /** Ends an answer as if the service had; one that has not begun becomes a refusal. */
  end(): void {
    if (this.over) return;
    if (this.response.headersSent) {
      this.over = true;
      this.response.end();
    }
    this.controller?.abort(new Error('the gateway is stopping'));
  }

  private clientClosed(): void {
    if (this.over) return;
    this.over = true;
    this.controller?.abort(new Error('the client went away'));
  }
}
