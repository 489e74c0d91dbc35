import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A client that pipelines more is disconnected: browsers and ordinary clients wait for an answer before they ask again. */
const MOST_WAITING = 32;

export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
}

interface Line {
  busy: boolean;
  waiting: Call[];
}

/**
 * One call at a time on each connection, in the order in which they came. Node emits every pipelined call at once, and
 * tells only the response that is being written when its connection closes: those behind it would never know.
 */
export class ConnectionTurns {
  private readonly lines = new WeakMap<Socket, Line>();

  constructor(
    private readonly begin: (call: Call) => void,
    /** The calls of a connection that closed before their turn: nothing was done for them. */
    private readonly abandoned: (calls: Call[]) => void,
  ) {}

  /** To be given every call of a server. */
  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const call = { request, response };
    const line = this.lines.get(socket) ?? this.open(socket);
    if (socket.destroyed) return this.abandoned([call]);
    if (!line.busy) return this.start(line, call);
    line.waiting.push(call);
    if (line.waiting.length > MOST_WAITING) socket.destroy();
  }

  private open(socket: Socket): Line {
    const line: Line = { busy: false, waiting: [] };
    this.lines.set(socket, line);
    socket.once('close', () => this.abandon(line));
    return line;
  }

  private start(line: Line, call: Call): void {
    line.busy = true;
    call.response.once('close', () => this.next(line));
    this.begin(call);
  }

  private next(line: Line): void {
    line.busy = false;
    const call = line.waiting.shift();
    if (call === undefined) return;
    if (!call.request.socket.destroyed) return this.start(line, call);
    line.waiting.unshift(call);
    this.abandon(line);
  }

  private abandon(line: Line): void {
    if (line.waiting.length > 0) this.abandoned(line.waiting.splice(0));
  }
}
