import type { ServerResponse } from 'node:http';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Exchange } from './exchange.js';

/** The answers that never end by themselves: a gateway that stops would wait for them. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly open = new Set<Exchange>();

  add(stream: Exchange, response: ServerResponse): void {
    this.open.add(stream);
    response.once('close', () => this.open.delete(stream));
  }

  /** A reader that comes back with the last id it saw misses nothing. */
  beforeApplicationShutdown(): void {
    for (const stream of this.open) stream.end();
  }
}
