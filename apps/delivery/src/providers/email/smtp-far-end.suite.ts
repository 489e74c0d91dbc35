import { setTimeout as wait } from 'node:timers/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Behaviour, FarEndKind } from '../describe-provider.suite.js';

export interface SeenMail {
  from: string;
  to: string[];
  /** As it came. */
  raw: string;
  /** As a reader sees it: the subject and the plain text. */
  text: string;
}

/** What is answered instead of a yes: to the greeting, AUTH, MAIL, each RCPT, DATA's end. */
export interface Answers {
  greeting?: string;
  auth?: string;
  sender?: string;
  recipient?: (address: string) => string | undefined;
  message?: (mail: SeenMail) => string | undefined;
}

type Talk = (socket: Socket) => void;

/** A real mail server on this machine that behaves as a test wants. */
export class SmtpFarEnd implements FarEndKind {
  readonly mails: SeenMail[] = [];
  /** Connections that were made. */
  connections = 0;
  /** Times that somebody tried to sign in. */
  signIns = 0;
  answers: Answers = {};
  /** Before each mail is answered. */
  delayMs = 0;
  private talk: Talk = (socket) => this.smtp.server.emit('connection', socket);
  private readonly front: Server;
  private readonly smtp: SMTPServer;
  private readonly sockets = new Set<Socket>();
  private count = 0;
  private onCall: (() => void)[] = [];

  /** @param tls by a certificate that nobody trusts */
  constructor(private readonly options: { tls?: 'offered' | 'at once' } = {}) {
    const { tls } = options;
    this.smtp = this.smtpServer(tls);
    this.smtp.on('error', () => {}); // broken connections are what the tests want
    this.front = createServer((socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
      this.talk(socket);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.front.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.front.address() as AddressInfo).port;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.sockets.size;
  }

  async stop(): Promise<void> {
    // A socket under TLS is not to be destroyed from below: Node crashes. There, the client hangs up.
    if (this.options.tls === undefined) this.hangUp();
    await new Promise((resolve) => this.front.close(resolve));
  }

  /** Closes every connection, as a mail server does that is restarted. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  behave(how: Behaviour): void {
    this.hangUp();
    this.answers = ANSWERS[how] ?? {};
    const raw = RAW[how];
    this.talk = (socket) => {
      if (!raw) return void this.smtp.server.emit('connection', socket);
      this.called_();
      raw(socket);
    };
  }

  /** Takes a mail as far as this command, and then says a little again and again. */
  dripAt(verb: string): void {
    this.at(verb, RAW.drip!);
  }

  /** Takes a mail, but says this where the command comes: `hello` to be greeted, `.` to the end of the message. */
  sayAt(verb: string, text: string): void {
    this.at(verb, (socket) => void socket.write(text));
  }

  /** Takes a mail as far as this command, and then sends this as fast as it is taken. */
  floodAt(verb: string, part: string): void {
    const block = part.repeat(Math.ceil(65_536 / part.length));
    this.at(verb, (socket) => {
      const more = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', more);
      more();
    });
  }

  /** A plain conversation, in which something else happens at one command. */
  private at(verb: string, otherwise: Talk): void {
    this.talk = (socket) => {
      let inMail = false;
      socket.setEncoding('latin1');
      if (verb === 'hello') otherwise(socket);
      else socket.write('220 slow\r\n');
      socket.on('data', (text: string) => {
        for (const line of text.split('\r\n').slice(0, -1)) {
          if (inMail && line !== '.') continue;
          inMail = line === 'DATA' && verb !== 'DATA';
          if (line.startsWith(verb)) otherwise(socket);
          else if (line.startsWith('AUTH')) socket.write('235 ok\r\n');
          else if (line.startsWith('EHLO')) socket.write('250-here\r\n250 AUTH PLAIN\r\n');
          else socket.write(inMail ? '354 go on\r\n' : '250 ok\r\n');
        }
      });
    };
  }

  called(): Promise<void> {
    return new Promise((resolve) => this.onCall.push(resolve));
  }

  calls(): number {
    return this.count;
  }

  messages(): string[] {
    return this.mails.map(({ text }) => text);
  }

  forget(): void {
    this.mails.length = 0;
    this.count = 0;
    this.connections = 0;
    this.signIns = 0;
  }

  private called_(): void {
    this.count += 1;
    for (const resolve of this.onCall.splice(0)) resolve();
  }

  private smtpServer(tls?: 'offered' | 'at once'): SMTPServer {
    return new SMTPServer({
      logger: false,
      secure: tls === 'at once',
      disabledCommands: tls === undefined ? ['STARTTLS'] : [],
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      onConnect: (_session, done) => done(refusal(this.answers.greeting)),
      onAuth: ({ username }, _session, done) => {
        this.signIns += 1;
        const refused = refusal(this.answers.auth);
        if (refused) done(refused);
        else done(null, { user: username });
      },
      onMailFrom: (_address, _session, done) => {
        this.called_();
        done(refusal(this.answers.sender));
      },
      onRcptTo: ({ address }, _session, done) => done(refusal(this.answers.recipient?.(address))),
      onData: (stream, session, done) => void this.answer(stream, session, done),
    });
  }

  /** Whatever fails is an answer: also that the client broke off, which nobody hears then. */
  private async answer(
    stream: AsyncIterable<Buffer>,
    session: SMTPServerSession,
    done: (refused: Error | null) => void,
  ): Promise<void> {
    done(await this.receive(stream, session).catch((error: Error) => error));
  }

  private async receive(stream: AsyncIterable<Buffer>, { envelope }: SMTPServerSession): Promise<Error | null> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    const { subject = '', text = '' } = await simpleParser(content);
    const mail: SeenMail = {
      from: envelope.mailFrom ? envelope.mailFrom.address : '',
      to: envelope.rcptTo.map(({ address }) => address),
      raw: content.toString('utf8'),
      text: `${subject}\n${text}`,
    };
    if (this.delayMs > 0) await wait(this.delayMs);
    const refused = refusal(this.answers.message?.(mail));
    if (!refused) this.mails.push(mail);
    return refused;
  }
}

function refusal(answer: string | undefined): Error | null {
  if (answer === undefined) return null;
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
}

const ANSWERS: Partial<Record<Behaviour, Answers>> = {
  refuse: { recipient: () => '550 5.1.1 No such user here' },
  'refuse for now': { sender: '451 4.3.0 Try again later' },
  repeat: { recipient: (address) => `451 4.2.0 <${address.toUpperCase()}> or ${address} in ${address.split('@')[0]}` },
};

const DRIP_MS = 20;

const RAW: Partial<Record<Behaviour, Talk>> = {
  reset: (socket) => socket.resetAndDestroy(),
  hang: () => {},
  drip: (socket) => {
    const timer = setInterval(() => socket.write('250-wait\r\n'), DRIP_MS);
    socket.on('close', () => clearInterval(timer));
  },
  flood: (socket) => {
    const line = `220-${'x'.repeat(60)}\r\n`.repeat(1_000);
    const more = (): void => {
      while (!socket.destroyed && socket.write(line));
    };
    socket.on('drain', more);
    more();
  },
  garbage: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
};
