import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Client } from 'pg';

const SSL_REQUEST = 80_877_103;
const READY = 'Z'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);
/** A client's messages after which the server answers until it is ready again: Query and Sync. */
const ASKS = ['Q', 'S'].map((letter) => letter.charCodeAt(0));
const TERMINATE = 'X'.charCodeAt(0);

/** Settings that PgBouncer knows in the first packet; it refuses a connection that brings others. */
const KNOWN = ['user', 'database', 'client_encoding', 'application_name'];

/**
 * A stand-in for a pooler in transaction mode, as much of one as a service sees of it: all its clients share one connection
 * to the server, which belongs to one of them from its first message until its transaction is over. It speaks the protocol's
 * framing and lets everybody in. @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class TransactionPooler {
  private readonly waiting: Session[] = [];
  private readonly sessions = new Set<Session>();
  private owner: Session | undefined;
  private fromServer = Buffer.alloc(0);

  private constructor(
    private readonly listener: Server,
    upstream: Client,
    private readonly server: Socket,
  ) {
    upstream.on('error', () => undefined); // its connection is cut at the end
    server.on('data', (chunk: Buffer) => this.answer(chunk));
    listener.on('connection', (socket) => this.sessions.add(new Session(socket, this)));
  }

  static async start(databaseUrl: string): Promise<TransactionPooler> {
    const upstream = new Client({ connectionString: databaseUrl });
    await upstream.connect();
    const { stream } = (upstream as unknown as { connection: { stream: Socket } }).connection;
    stream.removeAllListeners('data'); // signed in; from here on its bytes are passed on
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return new TransactionPooler(listener, upstream, stream);
  }

  /** Of the same database, by way of this. */
  urlOf(databaseUrl: string): string {
    const url = new URL(databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String((this.listener.address() as AddressInfo).port);
    return url.href;
  }

  async stop(): Promise<void> {
    for (const { socket } of this.sessions) socket.destroy();
    this.server.destroy();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  /** Lends the connection to a session that has something to ask. */
  want(session: Session): void {
    if (this.owner !== session && !this.waiting.includes(session)) this.waiting.push(session);
    this.next();
  }

  private next(): void {
    this.owner ??= this.waiting.shift();
    if (this.owner) this.server.write(this.owner.take());
  }

  private answer(chunk: Buffer): void {
    this.owner?.socket.write(chunk);
    this.fromServer = Buffer.concat([this.fromServer, chunk]);
    for (let length = frameLength(this.fromServer); length > 0; length = frameLength(this.fromServer)) {
      const over = this.fromServer[0] === READY && this.fromServer[5] === IDLE;
      this.fromServer = this.fromServer.subarray(length);
      if (!over || this.owner?.hasMore) continue;
      this.owner = undefined;
      this.next();
    }
  }
}

/** One client: let in without a question, and its messages kept until it has the connection. */
class Session {
  private begun = false;
  private incoming = Buffer.alloc(0);
  private outgoing: Buffer[] = [];

  constructor(
    readonly socket: Socket,
    private readonly pooler: TransactionPooler,
  ) {
    socket.on('error', () => undefined); // the test closes it
    socket.on('data', (chunk: Buffer) => {
      this.incoming = Buffer.concat([this.incoming, chunk]);
      if (!this.begun) this.letIn();
      if (this.begun) this.read();
    });
  }

  get hasMore(): boolean {
    return this.outgoing.length > 0;
  }

  take(): Buffer {
    const all = Buffer.concat(this.outgoing);
    this.outgoing = [];
    return all;
  }

  private letIn(): void {
    const length = this.incoming.length < 8 ? Infinity : this.incoming.readInt32BE(0);
    if (this.incoming.length < length) return;
    const packet = this.incoming.subarray(0, length);
    this.incoming = this.incoming.subarray(length);
    if (packet.readInt32BE(4) === SSL_REQUEST) return void this.socket.write('N');
    const names = packet
      .subarray(8)
      .toString()
      .split('\0')
      .filter((_, index) => index % 2 === 0 && _ !== '');
    const unknown = names.find((name) => !KNOWN.includes(name));
    if (unknown !== undefined) return this.refuse(`unsupported startup parameter: ${unknown}`);
    this.begun = true;
    this.socket.write(frame('R', Buffer.from([0, 0, 0, 0])));
    this.socket.write(frame('K', Buffer.alloc(8)));
    this.socket.write(frame('Z', Buffer.from('I')));
  }

  private refuse(message: string): void {
    this.socket.end(frame('E', Buffer.from(`SFATAL\0C08P01\0M${message}\0\0`)));
  }

  private read(): void {
    for (let length = frameLength(this.incoming); length > 0; length = frameLength(this.incoming)) {
      const message = this.incoming.subarray(0, length);
      this.incoming = this.incoming.subarray(length);
      if (message[0] === TERMINATE) return;
      this.outgoing.push(message);
      if (ASKS.includes(message[0]!)) this.pooler.want(this);
    }
  }
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Of the message that it begins with, type and all; 0 where it is not whole yet. */
function frameLength(buffer: Buffer): number {
  const length = buffer.length < 5 ? Infinity : buffer.readInt32BE(1) + 1;
  return buffer.length < length ? 0 : length;
}
