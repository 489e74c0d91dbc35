import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { Channel, ChatMessage } from '../chat/channel.js';
import { Chat } from '../chat/chat.js';
import type { Grant } from '../chat/codes.js';
import { clientOf, hang, isType, originOf, readBody, same, sendJson, sendText } from '../chat/exchange.js';
import { Pace, type Paced } from '../chat/pace.js';
import { answersInFront } from '../chat/in-front.js';
import type { AuthorizeQuery, AuthorizeRefusal, SignInStandIn, Client } from '../chat/stand-in.js';
import { webhookSecret } from '../chat/webhook-key.js';
import type { SandboxSettings } from '../sandbox.config.js';
import { messageError, type DiscordAnswer, type DiscordError } from './embed.rules.js';

const GUILD_ID = '900000000000000001';
const WEBHOOK = /^\/api\/(?:v(\d+)\/)?webhooks\/(\d+)\/([^/]+)$/;
/** The channel's digits, and when it was made, in ms. */
const WEBHOOK_ID = /^1(\d{6})(\d{13})$/;
const PACE = { burst: 5, perSecond: 2.5 };
/** Below this, and without a version at all, waits are told in milliseconds. */
const SECONDS_SINCE = 8;

type Settings = Pick<SandboxSettings, 'discordClientId' | 'discordClientSecret'>;

/** Discord, as far as webhooks that an app was given are concerned. */
@Injectable()
export class Discord implements SignInStandIn {
  readonly chat = new Chat('discord', 'Acme players', (digest) => channelId(digest));
  readonly authorizePath = '/oauth2/authorize';
  readonly scope = 'webhook.incoming';
  private readonly pace = new Pace(PACE);

  readonly client: Client;

  constructor(@Inject(SETTINGS) { discordClientId: id, discordClientSecret: secret }: Settings) {
    this.client = { id, secret };
  }

  checkAuthorize(query: AuthorizeQuery): AuthorizeRefusal | null {
    if (query.get('response_type') !== 'code') return { reason: 'Only a code can be asked for (response_type).' };
    if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256')
      return { reason: 'A code challenge must be made by S256.' };
    return null;
  }

  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/api/oauth2/token') return this.exchange(request, response);
    const webhook = WEBHOOK.exec(path);
    if (!webhook) return sendJson(response, 404, { message: '404: Not Found', code: 0 });
    const version = webhook[1] === undefined ? 6 : Number(webhook[1]);
    return this.post({ version, id: webhook[2]!, token: webhook[3]! }, request, response);
  }

  private async exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await readBody(request)) ?? '');
    const refuse = (error: string, status = 400): void => sendJson(response, status, { error });
    if (request.method !== 'POST' || !isType(request, 'application/x-www-form-urlencoded'))
      return refuse('invalid_request');
    const { id, secret } = clientOf(request, form);
    if (id !== this.client.id || !same(secret, this.client.secret)) return refuse('invalid_client', 401);
    if (form.get('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type');
    const redeemed = this.chat.codes.redeem(form.get('code') ?? '');
    if (redeemed.kind !== 'granted') return refuse('invalid_grant');
    const { grant } = redeemed;
    if (form.get('redirect_uri') !== grant.redirectUri || !proves(grant, form.get('code_verifier')))
      return refuse('invalid_grant');
    sendJson(response, 200, this.answer(this.chat.find(grant.channelId), originOf(request)));
  }

  private answer(channel: Channel, origin: string): Record<string, unknown> {
    const id = `1${channel.id.slice(-6)}${Date.now()}`;
    const token = webhookSecret('discord', id, 68);
    return {
      token_type: 'Bearer',
      access_token: randomBytes(15).toString('base64url'),
      expires_in: 604_800,
      refresh_token: randomBytes(15).toString('base64url'),
      scope: this.scope,
      webhook: {
        application_id: '900000000000000002',
        id,
        token,
        name: channel.name.slice(1),
        avatar: null,
        channel_id: channel.id,
        guild_id: GUILD_ID,
        type: 1,
        url: `${origin}/discord/api/webhooks/${id}/${token}`,
      },
    };
  }

  private async post(
    { version, id, token }: { version: number; id: string; token: string },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await readBody(request);
    if (!request.headers['user-agent']?.startsWith('DiscordBot (')) return sendText(response, 403, 'error code: 1010');
    const [, digits, madeAt] = WEBHOOK_ID.exec(id) ?? [];
    if (digits === undefined) return sendError(response, UNKNOWN_WEBHOOK);
    if (!same(token, webhookSecret('discord', id, 68))) return sendError(response, INVALID_TOKEN);
    const channel = this.chat.find(channelOf(digits));
    const behaviour = channel.takeBehaviour(Number(madeAt));
    const { mode, retryAfterSeconds } = behaviour;
    if (answersInFront(behaviour, CLOUDFLARE, response)) return this.chat.refuse(channel);
    if (mode === 'hang') return hang(response);
    if (mode === 'rate-limited') {
      this.chat.refuse(channel);
      return sendLimit(response, version, retryAfterSeconds * 1_000);
    }
    const paced = this.pace.admit(id);
    limits(response, paced);
    const error = REFUSALS[mode] ?? contentError(request, body);
    if (error || paced.waitMs > 0) this.chat.refuse(channel);
    if (paced.waitMs > 0) return sendLimit(response, version, paced.waitMs);
    if (error) return sendError(response, error);
    const message = this.chat.keep(channel, JSON.parse(body!));
    if (new URL(request.url!, 'http://discord').searchParams.get('wait') !== 'true')
      return void response.writeHead(204).end();
    sendJson(response, 200, created(channel, message, id));
  }
}

const channelId = (digest: string): string =>
  channelOf(String(Number.parseInt(digest.slice(0, 12), 16) % 1_000_000).padStart(6, '0'));
const channelOf = (digits: string): string => `800000000000${digits}`;

/** Where a challenge was given, the one who comes with the code must know what it was made from. */
function proves({ codeChallenge }: Grant, verifier: string | null): boolean {
  if (codeChallenge === null) return true;
  return verifier !== null && same(createHash('sha256').update(verifier).digest('base64url'), codeChallenge);
}

/** It blocks a client that it does not like, and an address that sends too much. */
const CLOUDFLARE = { blocked: 'error code: 1010', 'address-limited': 'error code: 1015' };
const UNKNOWN_WEBHOOK: DiscordError = { status: 404, code: 10_015, message: 'Unknown Webhook' };
const INVALID_TOKEN: DiscordError = { status: 401, code: 50_027, message: 'Invalid Webhook Token' };
const REFUSALS: Partial<Record<string, DiscordError>> = {
  revoked: UNKNOWN_WEBHOOK,
  deleted: { status: 404, code: 10_003, message: 'Unknown Channel' },
  archived: { status: 403, code: 50_013, message: 'Missing Permissions' },
  error: { status: 500, code: 0, message: '500: Internal Server Error' },
};

const sendError = (response: ServerResponse, { status, ...error }: DiscordAnswer): void =>
  sendJson(response, status, error);

function limits(response: ServerResponse, { remaining, fullInMs }: Paced): void {
  response.setHeader('x-ratelimit-limit', String(PACE.burst));
  response.setHeader('x-ratelimit-remaining', String(remaining));
  response.setHeader('x-ratelimit-reset', ((Date.now() + fullInMs) / 1_000).toFixed(3));
  response.setHeader('x-ratelimit-reset-after', (fullInMs / 1_000).toFixed(3));
  response.setHeader('x-ratelimit-bucket', 'sandbox-webhook');
}

function sendLimit(response: ServerResponse, version: number, waitMs: number): void {
  const wait = version < SECONDS_SINCE ? waitMs : waitMs / 1_000;
  response.setHeader('retry-after', String(version < SECONDS_SINCE ? waitMs : Math.ceil(waitMs / 1_000)));
  response.setHeader('x-ratelimit-scope', 'user');
  sendJson(response, 429, { message: 'You are being rate limited.', retry_after: wait, global: false });
}

function contentError(request: IncomingMessage, body: string | null): DiscordAnswer | null {
  if (request.method !== 'POST') return { status: 405, code: 0, message: '405: Method Not Allowed' };
  if (body === null) return { status: 413, code: 40_005, message: 'Request entity too large' };
  if (!isType(request, 'application/json'))
    return { status: 400, code: 50_109, message: 'The request body contains invalid JSON.' };
  try {
    return messageError(JSON.parse(body));
  } catch {
    return { status: 400, code: 50_109, message: 'The request body contains invalid JSON.' };
  }
}

const created = (
  channel: Channel,
  { id, receivedAt, payload }: ChatMessage,
  webhookId: string,
): Record<string, unknown> => ({
  ...(payload as Record<string, unknown>),
  id: `7000000000000${String(id).padStart(5, '0')}`,
  channel_id: channel.id,
  webhook_id: webhookId,
  timestamp: receivedAt,
});
