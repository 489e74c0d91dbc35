import type { Socket } from 'node:net';

/** Longest answer that is read: its head, its notices before it and its framing count as its body does. */
export const MOST_ANSWER_BYTES = 64 * 1024;

/** The exchange that runs on a connection, as far as its guard knows it. */
export interface GuardedExchange {
  /** The connection had answered another request before. */
  reused: boolean;
  /** Bytes of the answer so far. */
  bytes: number;
  /** The status line of the answer came whole. */
  onStatusLine(status: number): void;
  onTooLarge(): void;
  /** The answer cannot be one to a request of ours. */
  onMalformed(): void;
}

let beginning: GuardedExchange | undefined;

/** Names the exchange whose request is written next, in the same turn of the event loop. */
export function beginOn(exchange: GuardedExchange): void {
  beginning = exchange;
}

/** Lets a connection's exchanges know what comes over it, before the parser does. One request at a time. */
export function guardAnswers<S extends Socket>(socket: S): S {
  const guard = new AnswerGuard(socket);
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size) as Buffer | null;
    return chunk === null ? null : guard.take(chunk);
  };
  socket.write = (...args: unknown[]): boolean => {
    if (beginning) guard.begin(beginning);
    beginning = undefined;
    return write(...args);
  };
  return socket;
}

const LF = 10;
const CR = 13;
const DIGIT_1 = 0x31;
/** Where the status begins in `HTTP/1.1 200 OK`, and where it ends. */
const STATUS_AT = 9;
const STATUS_END = 12;
const LINE_START = 16;
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: |\r?$)/;
/** How the status line of a notice begins. */
const NOTICES = ['HTTP/1.1 1', 'HTTP/1.0 1'];
const NONE = Buffer.alloc(0);

/** What is expected next: a status line, the rest of one of a notice, headers of a notice, the rest of the final one, or what follows it. */
type Expecting = 'head' | 'notice' | 'notice headers' | 'status line' | 'rest';

/**
 * Counts every byte of an answer, and takes the notices (1xx) before it out of the stream: any may come without being
 * asked for (RFC 9110 15.2), and undici breaks the connection off at some of them.
 */
class AnswerGuard {
  private exchange: GuardedExchange | undefined;
  private used = false;
  private full = false;
  private expecting: Expecting = 'rest';
  /** The beginning of the current status line. */
  private line = '';
  private lineBytes = 0;

  constructor(private readonly socket: Socket) {}

  begin(exchange: GuardedExchange): void {
    exchange.reused = this.used;
    this.used = true;
    this.exchange = exchange;
    this.expecting = 'head';
    this.line = '';
    this.lineBytes = 0;
  }

  /** The part of the chunk that the parser may see; null where it may see nothing of it. */
  take(chunk: Buffer): Buffer | null {
    const { exchange } = this;
    if (!exchange) return chunk; // nobody has asked: the parser closes the connection
    if (this.full) return null;
    const room = MOST_ANSWER_BYTES - exchange.bytes;
    exchange.bytes += chunk.length;
    const taken = chunk.length > room ? chunk.subarray(0, room) : chunk;
    if (taken !== chunk) this.overflow(exchange);
    const passed = this.expecting === 'rest' ? taken : this.readHead(taken, exchange);
    return passed.length === 0 ? null : passed;
  }

  /** What fits still goes to the parser, in this turn. */
  private overflow(exchange: GuardedExchange): void {
    this.full = true;
    queueMicrotask(() => {
      exchange.onTooLarge();
      this.socket.destroy();
    });
  }

  private readHead(chunk: Buffer, exchange: GuardedExchange): Buffer {
    if (this.expecting === 'head' && this.line === '' && isFinal(chunk)) {
      this.expecting = 'rest';
      this.endStatusLine(chunk.toString('latin1', 0, Math.min(chunk.indexOf(LF), LINE_START)), exchange);
      return chunk;
    }
    let at = 0;
    while (at < chunk.length && this.expecting !== 'rest' && this.expecting !== 'status line') {
      this.readNotice(chunk[at]!, exchange);
      at += 1;
    }
    if (this.expecting !== 'status line') return this.expecting === 'rest' ? chunk.subarray(at) : NONE;
    // What was read of the line to find out that it is the final one is given back.
    const passed = at === 0 ? chunk : Buffer.concat([Buffer.from(this.line, 'latin1'), chunk.subarray(at)]);
    while (at < chunk.length && (this.expecting as Expecting) === 'status line') {
      this.readStatusLine(chunk[at]!, exchange);
      at += 1;
    }
    return passed;
  }

  private readNotice(byte: number, exchange: GuardedExchange): void {
    if (this.expecting === 'head') {
      if (this.line === '' && (byte === LF || byte === CR)) return; // empty lines before it are left out
      this.line += String.fromCharCode(byte);
      if (!NOTICES.some((notice) => notice.startsWith(this.line))) this.expecting = 'status line';
      else if (this.line.length > STATUS_AT) this.expecting = 'notice';
    } else if (this.expecting === 'notice') {
      if (byte === LF) this.endNotice(exchange);
      else if (this.line.length < LINE_START) this.line += String.fromCharCode(byte);
    } else if (byte !== LF) {
      if (byte !== CR) this.lineBytes += 1;
    } else {
      if (this.lineBytes === 0) this.expecting = 'head';
      this.lineBytes = 0;
    }
  }

  private endNotice(exchange: GuardedExchange): void {
    const status = STATUS_LINE.exec(this.line)?.[1];
    this.line = '';
    this.expecting = 'notice headers';
    if (status === undefined || status === '101') queueMicrotask(() => exchange.onMalformed());
  }

  private readStatusLine(byte: number, exchange: GuardedExchange): void {
    if (byte !== LF) {
      if (this.line.length < LINE_START) this.line += String.fromCharCode(byte);
      return;
    }
    this.expecting = 'rest';
    this.endStatusLine(this.line, exchange);
  }

  private endStatusLine(line: string, exchange: GuardedExchange): void {
    const status = Number(STATUS_LINE.exec(line)?.[1] ?? NaN);
    if (status >= 200) exchange.onStatusLine(status);
    else if (status < 100) queueMicrotask(() => exchange.onMalformed());
  }
}

/** Whether the chunk begins with a whole status line that is not a notice's. */
const isFinal = (chunk: Buffer): boolean =>
  chunk.length > STATUS_END && chunk[STATUS_AT] !== DIGIT_1 && chunk[0] === 0x48 && chunk.indexOf(LF) >= STATUS_END;
