import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { AuthorizeQuery, AuthorizeRefusal, SignInStandIn, Client } from '../chat/stand-in.js';
import { Chat } from '../chat/chat.js';
import type { Channel } from '../chat/channel.js';
import { clientOf, hang, isType, originOf, readBody, same, sendJson, sendText } from '../chat/exchange.js';
import { answersInFront } from '../chat/in-front.js';
import { Pace } from '../chat/pace.js';
import { webhookSecret } from '../chat/webhook-key.js';
import type { SandboxSettings } from '../sandbox.config.js';
import { messageError } from './block-kit.rules.js';

const TEAM = { id: 'T0ACME', name: 'Acme' };
const WEBHOOK = /^\/services\/([^/]+)\/([^/]+)\/([^/]+)$/;
/** `B`, the channel's id without its letter, and when it was made, in base 36. */
const WEBHOOK_ID = /^B([0-9A-F]{8})([0-9A-Z]{8,9})$/;

/** About one a second with a short burst; the little more is for the clocks of those who keep to it. */
const PACE = { burst: 4, perSecond: 1.1 };

type Settings = Pick<SandboxSettings, 'slackClientId' | 'slackClientSecret'>;

/** Slack, as far as incoming webhooks are concerned. */
@Injectable()
export class Slack implements SignInStandIn {
  readonly chat = new Chat('slack', TEAM.name, (digest) => `C${digest.slice(0, 8).toUpperCase()}`);
  readonly authorizePath = '/oauth/v2/authorize';
  readonly scope = 'incoming-webhook';
  private readonly pace = new Pace(PACE);

  readonly client: Client;

  constructor(@Inject(SETTINGS) { slackClientId: id, slackClientSecret: secret }: Settings) {
    this.client = { id, secret };
  }

  /** Slack asks for no `response_type`. */
  checkAuthorize(_query: AuthorizeQuery): AuthorizeRefusal | null {
    return null;
  }

  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/api/oauth.v2.access') return this.exchange(request, response);
    const webhook = WEBHOOK.exec(path);
    if (webhook) return this.post({ team: webhook[1]!, id: webhook[2]!, secret: webhook[3]! }, request, response);
    sendText(response, 404, 'not_found');
  }

  /** Whatever is wrong is answered with 200 and `ok: false`. */
  private async exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request)) ?? '';
    const refuse = (error: string): void => sendJson(response, 200, { ok: false, error });
    if (request.method !== 'POST' || !isType(request, 'application/x-www-form-urlencoded'))
      return refuse('invalid_arguments');
    const form = new URLSearchParams(body);
    const { id, secret } = clientOf(request, form);
    if (id !== this.client.id) return refuse('invalid_client_id');
    if (!same(secret, this.client.secret)) return refuse('bad_client_secret');
    const redeemed = this.chat.codes.redeem(form.get('code') ?? '');
    if (redeemed.kind === 'used') return refuse('code_already_used');
    if (redeemed.kind === 'unknown') return refuse('invalid_code');
    if (form.get('redirect_uri') !== redeemed.grant.redirectUri) return refuse('bad_redirect_uri');
    sendJson(response, 200, this.answer(this.chat.find(redeemed.grant.channelId), originOf(request)));
  }

  private answer(channel: Channel, origin: string): Record<string, unknown> {
    const id = `B${channel.id.slice(1)}${Date.now().toString(36).toUpperCase()}`;
    return {
      ok: true,
      app_id: 'A0NITROPUSH',
      authed_user: { id: 'U0ADA' },
      scope: this.scope,
      token_type: 'bot',
      access_token: `xoxb-sandbox-${webhookSecret('slack-token', id, 24)}`,
      bot_user_id: 'U0BOT',
      team: TEAM,
      enterprise: null,
      is_enterprise_install: false,
      incoming_webhook: {
        channel: channel.name,
        channel_id: channel.id,
        configuration_url: `${origin}/#slack-${channel.id}`,
        url: `${origin}/slack/services/${TEAM.id}/${id}/${webhookSecret('slack', id, 24)}`,
      },
    };
  }

  private async post(
    { team, id, secret }: { team: string; id: string; secret: string },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await readBody(request);
    const [, channelId, madeAt] = WEBHOOK_ID.exec(id) ?? [];
    if (team !== TEAM.id) return sendText(response, 404, 'no_team');
    if (channelId === undefined) return sendText(response, 404, 'no_service');
    if (!same(secret, webhookSecret('slack', id, 24))) return sendText(response, 403, 'invalid_token');
    const channel = this.chat.find(`C${channelId}`);
    const behaviour = channel.takeBehaviour(Number.parseInt(madeAt!, 36));
    const { mode, retryAfterSeconds } = behaviour;
    if (answersInFront(behaviour, PROXY, response)) return this.chat.refuse(channel);
    const limited = mode === 'ok' ? this.pace.admit(id).waitMs : 0;
    if (mode === 'hang') return hang(response);
    const refusal =
      mode === 'rate-limited' || limited > 0
        ? limit(limited > 0 ? Math.ceil(limited / 1_000) : retryAfterSeconds)
        : (REFUSALS[mode] ?? contentRefusal(request, body));
    if (refusal) {
      this.chat.refuse(channel);
      if (refusal.retryAfter !== undefined) response.setHeader('retry-after', String(refusal.retryAfter));
      return sendText(response, refusal.status, refusal.text);
    }
    this.chat.keep(channel, JSON.parse(body!));
    sendText(response, 200, 'ok');
  }
}

/** A proxy that a company keeps on the way out. */
const PROXY = {
  blocked: '<html><title>403 Forbidden</title><body>Blocked by your network policy</body></html>',
  'address-limited': '<html><title>429 Too Many Requests</title></html>',
};

interface Refusal {
  status: number;
  text: string;
  retryAfter?: number;
}

const REFUSALS: Partial<Record<string, Refusal>> = {
  revoked: { status: 404, text: 'no_service' },
  deleted: { status: 404, text: 'channel_not_found' },
  archived: { status: 410, text: 'channel_is_archived' },
  error: { status: 500, text: 'rollup_error' },
};

const limit = (retryAfter: number): Refusal => ({ status: 429, text: 'rate_limited', retryAfter });

function contentRefusal(request: IncomingMessage, body: string | null): Refusal | null {
  if (request.method !== 'POST' || !isType(request, 'application/json') || body === null)
    return { status: 400, text: 'invalid_payload' };
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch {
    return { status: 400, text: 'invalid_payload' };
  }
  const error = messageError(payload);
  return error === null ? null : { status: 400, text: error };
}
