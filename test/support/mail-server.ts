import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { IssuedCertificate } from './certificates.js';

export interface ReceivedMail {
  /** The name that the client greeted with. */
  greetedAs: string;
  /** Whether it came over TLS. */
  secured: boolean;
  recipients: string[];
  /** Headers and body, as they came. */
  raw: string;
}

export interface MailServerWishes {
  /** What is said to a command instead of the usual answer; null: the connection is closed. */
  answer?: (command: string) => string | null | undefined;
  /** What STARTTLS changes over to; without it, STARTTLS is not offered. */
  certificate?: IssuedCertificate;
  /** Takes over the connection once STARTTLS was answered with a yes. */
  insteadOfTls?: (socket: Socket) => void;
  /** Takes a sign-in. */
  signIn?: boolean;
}

export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  /** Every command of every connection, in order. */
  commands: string[];
  wish: (wishes: MailServerWishes) => void;
  close: () => Promise<void>;
}

/** A real mail server that says what a test wishes. */
export async function startMailServer(first: MailServerWishes = {}): Promise<MailServer> {
  let wishes = first;
  const [mails, commands, sockets]: [ReceivedMail[], string[], Set<Socket>] = [[], [], new Set()];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.write('220 mail.example.com ESMTP\r\n');
    new Conversation(socket, { wishes: () => wishes, mails, commands }).begin(socket, false);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    commands,
    wish: (next) => void (wishes = next),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Shared {
  wishes: () => MailServerWishes;
  mails: ReceivedMail[];
  commands: string[];
}

class Conversation {
  private mail: ReceivedMail = { greetedAs: '', secured: false, recipients: [], raw: '' };
  private content: string[] | null = null;

  constructor(
    private readonly plain: Socket,
    private readonly shared: Shared,
  ) {}

  begin(socket: Socket, secured: boolean): void {
    let rest = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) this.line(line, socket, secured);
    });
  }

  private line(line: string, socket: Socket, secured: boolean): void {
    if (this.content === null) return this.command(line, socket, secured);
    if (line !== '.') return void this.content.push(line);
    this.mail.raw = this.content.join('\r\n');
    this.content = null;
    const refused = this.shared.wishes().answer?.('.');
    if (refused === undefined) this.shared.mails.push({ ...this.mail });
    socket.write(`${refused ?? '250 taken'}\r\n`);
  }

  private command(line: string, socket: Socket, secured: boolean): void {
    this.shared.commands.push(line);
    const { answer, certificate, signIn } = this.shared.wishes();
    const wished = answer?.(line);
    if (wished === null) return void socket.destroy();
    if (wished !== undefined) return void socket.write(`${wished}\r\n`);
    const [verb = '', rest = ''] = [line.slice(0, 4).toUpperCase(), line.slice(5)];
    switch (verb) {
      case 'EHLO':
        this.mail = { greetedAs: rest, secured, recipients: [], raw: '' };
        return void socket.write(
          [
            '250-mail.example.com',
            ...(certificate && !secured ? ['250-STARTTLS'] : []),
            ...(signIn ? ['250-AUTH PLAIN'] : []),
            '250 8BITMIME',
            '',
          ].join('\r\n'),
        );
      case 'STAR':
        return this.upgrade(certificate!);
      case 'AUTH':
        return void socket.write('235 signed in\r\n');
      case 'MAIL':
        this.mail.recipients = [];
        return void socket.write('250 ok\r\n');
      case 'RCPT':
        this.mail.recipients.push(/<(.*)>/.exec(line)![1]!);
        return void socket.write('250 ok\r\n');
      case 'DATA':
        this.content = [];
        return void socket.write('354 go on\r\n');
      case 'QUIT':
        return void socket.end('221 bye\r\n');
      default:
        return void socket.write('250 ok\r\n');
    }
  }

  private upgrade({ cert, key }: IssuedCertificate): void {
    const { insteadOfTls } = this.shared.wishes();
    this.plain.removeAllListeners('data');
    this.plain.write('220 go on\r\n');
    if (insteadOfTls) return insteadOfTls(this.plain);
    this.begin(new TLSSocket(this.plain, { isServer: true, cert, key }), true);
  }
}
