import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { SETTINGS } from '#libs/config';
import type { SandboxSettings } from '../sandbox.config.js';
import { TAKES_MAIL, recipientReply, senderReply, type MailBehaviour, type Reply } from './mail-behaviour.js';
import { Mailbox } from './mailbox.service.js';
import { NO_CONTENT, faultOf, readMail } from './read-mail.js';

const MOST_BYTES = 1024 * 1024;
const MOST_RECIPIENTS = 100;
const DRIP_EVERY_MS = 1_000;
/** Nothing of ours waits for ever. */
const LONGEST_MS = 120_000;

type Answer = (refusal?: Error | null) => void;

/** A mail server that takes mail for anybody and forwards none. */
@Injectable()
export class SmtpInbox implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sockets = new Map<string, Socket>();
  private readonly meets = new WeakMap<SMTPServerSession, MailBehaviour>();
  private readonly smtp: SMTPServer;

  constructor(
    private readonly mailbox: Mailbox,
    /** `smtpPort` 0: any that is free; undefined: no mail server is played. */
    @Inject(SETTINGS) private readonly settings: Pick<SandboxSettings, 'smtpPort' | 'host'>,
  ) {
    this.smtp = new SMTPServer({
      name: 'sandbox',
      logger: false,
      // Without a certificate that clients trust there is nothing to change over to.
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      size: MOST_BYTES,
      socketTimeout: LONGEST_MS,
      onAuth: ({ username }, _session, done) => {
        const refused = this.mailbox.behaviour.mode === 'auth';
        if (refused) done(refusal({ status: 535, text: '5.7.8 Authentication credentials invalid' }));
        else done(null, { user: username ?? 'somebody' });
      },
      onMailFrom: (address, session, done) => this.onSender(address, session, done),
      onRcptTo: (address, session, done) => this.onRecipient(address, session, done),
      onData: (stream, session, done) => void this.onData(stream, session, done),
    });
    this.smtp.on('error', () => {}); // a client that breaks off is the client's business
    this.smtp.server.on('connection', (socket: Socket) => this.remember(socket));
  }

  /** Where it listens. */
  get port(): number | undefined {
    const address = this.smtp.server.address();
    return typeof address === 'object' ? address?.port : undefined;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { smtpPort: port, host } = this.settings;
    if (port === undefined) return;
    this.smtp.server.listen(port, host);
    await once(this.smtp.server, 'listening');
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.smtp.server.listening) return;
    const closed = once(this.smtp.server, 'close');
    this.smtp.server.close();
    for (const socket of this.sockets.values()) socket.destroy();
    await closed;
  }

  private remember(socket: Socket): void {
    const key = `${socket.remotePort}`;
    this.sockets.set(key, socket);
    socket.once('close', () => this.sockets.delete(key));
  }

  private onSender({ address }: SMTPServerAddress, session: SMTPServerSession, done: Answer): void {
    const behaviour = this.mailbox.takeBehaviour();
    this.meets.set(session, behaviour);
    const socket = this.sockets.get(`${session.remotePort}`);
    const silence = socket && SILENCES[behaviour.mode];
    const reply = silence ? null : senderReply(behaviour, session.user !== undefined && session.user !== '');
    if (silence || reply) this.keepRefused(behaviour, { from: address, recipients: [] }, reply?.status ?? null);
    if (silence) silence(socket);
    else done(reply && refusal(reply));
  }

  private onRecipient({ address }: SMTPServerAddress, session: SMTPServerSession, done: Answer): void {
    const behaviour = this.meets.get(session) ?? TAKES_MAIL;
    const { mailFrom, rcptTo } = session.envelope;
    if (rcptTo.length >= MOST_RECIPIENTS) return done(refusal({ status: 452, text: '4.5.3 Too many recipients' }));
    const reply = recipientReply(behaviour, address);
    const from = mailFrom ? mailFrom.address : '';
    if (reply) this.keepRefused(behaviour, { from, recipients: [address] }, reply.status);
    done(reply && refusal(reply));
  }

  /** Whatever fails is an answer: also that the client broke off, which nobody hears then. */
  private async onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: Answer): Promise<void> {
    done(await this.onContent(stream, session).catch((error: Error) => error));
  }

  private async onContent(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    const { mode } = this.meets.get(session) ?? TAKES_MAIL;
    const { mailFrom, rcptTo } = session.envelope;
    const content = await contentOf(stream);
    const reply = stream.sizeExceeded ? TOO_LARGE : (rejection(mode) ?? malformed(content));
    this.mailbox.keep({
      from: mailFrom ? mailFrom.address : '',
      recipients: rcptTo.map(({ address }) => address),
      ...(await readMail(content)),
      answered: { mode, statusCode: reply?.status ?? 250 },
    });
    return reply && refusal(reply);
  }

  private keepRefused(
    { mode }: MailBehaviour,
    envelope: { from: string; recipients: string[] },
    statusCode: number | null,
  ): void {
    this.mailbox.keep({ ...envelope, ...NO_CONTENT, answered: { mode, statusCode } });
  }
}

const TOO_LARGE: Reply = { status: 552, text: '5.3.4 The mail is larger than 1 MB' };

const rejection = (mode: MailBehaviour['mode']): Reply | null =>
  mode === 'reject' ? { status: 554, text: '5.7.1 The mail is refused by a rule of the sandbox' } : null;

function malformed(content: Buffer): Reply | null {
  const fault = faultOf(content);
  return fault === null ? null : { status: 554, text: fault };
}

/** @throws where the client breaks off */
async function contentOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusal({ status, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: status });
}

/** Ways to say nothing that the client could use. */
const SILENCES: Partial<Record<MailBehaviour['mode'], (socket: Socket) => void>> = {
  hang: (socket) => void untilClosed(socket),
  reset: (socket) => void socket.resetAndDestroy(),
  /** A line a second: each read of the client succeeds, the answer never ends. */
  drip: (socket) => {
    const timer = setInterval(() => socket.write('250-still at it\r\n'), DRIP_EVERY_MS);
    socket.once('close', () => clearInterval(timer));
    untilClosed(socket);
  },
};

function untilClosed(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), LONGEST_MS);
  socket.once('close', () => clearTimeout(timer));
}
