import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AddressRules } from '#libs/outbound';
import { OutboundHttp } from '../outbound/outbound-http.service.js';
import { buildAttemptRequest } from './build-attempt-request.suite.js';
import { DiscordProvider } from './discord/discord.provider.js';
import { EmailProvider } from './email/email.provider.js';
import { MailClient } from './email/mail-client.js';
import { mailServerSetting } from './email/mail-settings.js';
import { Chance, mutate } from './mutate.suite.js';
import type { AttemptOutcome, ProviderAdapter } from './provider.js';
import { SlackProvider } from './slack/slack.provider.js';
import { TeamsProvider } from './teams/teams.provider.js';
import { WebhookProvider } from './webhook/webhook.provider.js';

/** How many answers each of the two protocols is given, and where their mutations begin: see docs/how-to/test.md. */
const ANSWERS = Number(process.env['FUZZ_ANSWERS'] ?? 600);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

const AT_ONCE = 16;
const TIMEOUT_MS = 1_000;
/** On a busy machine a timer is late, too; an attempt without a limit would last for good. */
const LATE_MS = 10 * TIMEOUT_MS;
const MB = 1024 * 1024;
const PASSWORD = 'p@ss/w0rd+1';

const HTTP = [
  'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x\r\n\r\n2;a=b\r\nok\r\n0\r\nx: y\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.0 200 OK\r\nconnection: close\r\n\r\nok',
  'HTTP/1.1 429 Too Many Requests\r\nretry-after: 5\r\nx-ratelimit-scope: global\r\ncontent-length: 27\r\n\r\n{"retry_after":1,"code":0} ',
  'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\nkeep-alive: timeout=5\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 403 Forbidden\r\nset-cookie: a=b\r\ncontent-encoding: gzip\r\ncontent-length: 10\r\n\r\nno_service',
];
const HTTP_WORDS = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ': ',
  'HTTP/1.1 ',
  'HTTP/1.1 101 x\r\n\r\n',
  'upgrade: x\r\nconnection: upgrade\r\n',
  'transfer-encoding: chunked\r\n',
  'content-length: 5\r\n',
  'connection: close\r\n',
  '0\r\n\r\n',
  'ffffffff\r\n',
  '\xff\xfe',
  ' ',
  '\t',
];

const SMTP = [
  '220 mail.example ESMTP\r\n',
  '250-mail.example\r\n250-SIZE 1000000\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n',
  '235 2.7.0 accepted\r\n',
  '250 2.1.0 sender ok\r\n',
  '250 2.1.5 recipient ok\r\n',
  '354 go on\r\n',
  `250 2.0.0 queued as ${PASSWORD}\r\n`,
];
const SMTP_WORDS = [
  '\r\n',
  '\n',
  '-',
  '250 ',
  '250-',
  '421 bye\r\n',
  '354 \r\n',
  '334 \r\n',
  '550 5.1.1 no\r\n',
  'STARTTLS\r\n',
  '\0',
  '\xff',
  'hello\r\n',
  '250-SMTPUTF8\r\n',
  '250-CHUNKING\r\n',
  ' ',
];

/** A server that says what it is told to, and hangs up after the last of it. */
class Talker {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(talk: (socket: Socket) => void) {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
      talk(socket);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface Findings {
  outcomes: Map<string, number>;
  thrown: string[];
  slowestMs: number;
  grownBytes: number;
}

/** Makes so many attempts, a few at a time, and says how they ended. */
async function findings(count: number, attempt: (n: number) => Promise<AttemptOutcome>): Promise<Findings> {
  const found: Findings = { outcomes: new Map(), thrown: [], slowestMs: 0, grownBytes: 0 };
  const before = process.memoryUsage().rss;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const n = next;
      next += 1;
      const began = performance.now();
      try {
        const outcome = await attempt(n);
        const kind = outcome.kind === 'delivered' ? 'delivered' : outcome.code;
        found.outcomes.set(kind, (found.outcomes.get(kind) ?? 0) + 1);
        if (JSON.stringify(outcome).includes(PASSWORD)) found.thrown.push(`${n} shows the password`);
      } catch (error) {
        found.thrown.push(`${n}: ${String(error)}`);
      }
      found.slowestMs = Math.max(found.slowestMs, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  found.grownBytes = process.memoryUsage().rss - before;
  return found;
}

function expectAllOutcomes(name: string, { outcomes, thrown, slowestMs, grownBytes }: Findings): void {
  const figures = { seed: SEED, slowestMs: Math.round(slowestMs), grownMb: Math.round(grownBytes / MB) };
  process.stderr.write(`${name}: ${JSON.stringify({ ...figures, ...Object.fromEntries(outcomes) })}\n`);
  expect({ seed: SEED, thrown }).toEqual({ seed: SEED, thrown: [] });
  expect(slowestMs).toBeLessThan(LATE_MS);
  expect(grownBytes).toBeLessThan(150 * MB);
}

const limit = 60_000 + ANSWERS * 100;

describe('mutated answers', () => {
  const rules = new AddressRules({ allowHttp: true, allowedCidrs: ['127.0.0.1/32'] });
  const http = new OutboundHttp({ rules, timeoutMs: TIMEOUT_MS });
  const chance = new Chance(SEED);
  let mail: MailClient;

  const web = new Talker((socket) => {
    socket.on('data', (request) => {
      if (!request.includes('POST ')) return;
      const bytes = mutate(chance.of(HTTP), chance, HTTP_WORDS);
      const cut = chance.int(bytes.length + 1);
      socket.write(bytes.subarray(0, cut));
      setImmediate(() => {
        if (chance.int(3) > 0) socket.end(bytes.subarray(cut));
        else socket.write(bytes.subarray(cut), () => setTimeout(() => socket.destroy(), 50));
      });
    });
  });

  const post = new Talker((socket) => {
    let step = 0;
    const odd = chance.int(SMTP.length);
    const say = (): void => {
      const line = SMTP[step];
      if (line === undefined) return void socket.destroy(); // another connection for another mail
      if (step !== odd) socket.write(line);
      else if (chance.int(2) === 0) socket.write(mutate(line, chance, SMTP_WORDS));
      else socket.end(mutate(line, chance, SMTP_WORDS));
      step += 1;
    };
    say();
    let inMail = false;
    socket.setEncoding('latin1').on('data', (text: string) => {
      for (const line of text.split('\r\n').slice(0, -1)) {
        if (inMail && line !== '.') continue;
        inMail = line === 'DATA';
        say();
      }
    });
  });

  let origin = '';
  beforeAll(async () => {
    origin = `http://${await web.start()}`;
    const server = mailServerSetting(`smtp://releases-user:${encodeURIComponent(PASSWORD)}@${await post.start()}`);
    mail = new MailClient({
      server,
      from: { name: 'x', address: 'releases@nitropush.example' },
      timeoutMs: TIMEOUT_MS,
    });
  });
  afterAll(async () => {
    mail.close();
    await http.close();
    await Promise.all([web.stop(), post.stop()]);
  });

  it('over HTTP are outcomes, none late, in flat memory', { timeout: limit }, async () => {
    const place = { baseUrl: origin, httpsOnly: false };
    const providers: [ProviderAdapter, unknown][] = [
      [new WebhookProvider(http), { url: `${origin}/hook/${encodeURIComponent(PASSWORD)}` }],
      [new TeamsProvider(http), { url: `${origin}/workflows/secret/triggers/manual/paths/invoke?sig=secret` }],
      [new SlackProvider(http, place), { url: `${origin}/services/T0/B0/secret` }],
      [new DiscordProvider(http, { baseUrl: origin, homepage: origin }), { id: '123456789', token: 'a'.repeat(68) }],
    ];
    const found = await findings(ANSWERS, (n) => {
      const [provider, credentials] = providers[n % providers.length]!;
      return provider.attempt(buildAttemptRequest({ credentials }));
    });
    expectAllOutcomes('HTTP', found);
  });

  it('over SMTP are outcomes, none late, in flat memory', { timeout: limit }, async () => {
    const provider = new EmailProvider(mail);
    const request = { credentials: { recipients: ['ada.lovelace@example.com'] } };
    expectAllOutcomes('SMTP', await findings(ANSWERS, () => provider.attempt(buildAttemptRequest(request))));
  });
});
