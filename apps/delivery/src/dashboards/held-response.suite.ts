import { EventEmitter } from 'node:events';
import type { StreamResponse } from './stream-client.js';

/** A response whose reader takes nothing until it is told to. */
export class HeldResponse extends EventEmitter implements StreamResponse {
  text = '';
  writableLength = 0;
  destroyed = false;
  /** Whether the reader takes what is written. */
  taking = true;

  get writableNeedDrain(): boolean {
    return this.writableLength > 16_384;
  }

  write(text: string): boolean {
    this.text += text;
    if (!this.taking) this.writableLength += text.length;
    return !this.writableNeedDrain;
  }

  /** Ends at once where everything was taken. */
  end(): void {
    if (this.writableLength === 0) this.emit('close');
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }

  take(): void {
    this.writableLength = 0;
    this.emit('drain');
  }
}
