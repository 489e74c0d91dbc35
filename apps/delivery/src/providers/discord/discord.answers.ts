import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer } from '../../outbound/outbound-result.js';
import { refusalOf } from '../classify-answer.js';
import { inBetween } from '../in-between.js';
import type { Sign } from '../outcome.js';
import { limited, missing, ownReading, rejected, revoked } from '../own-signs.js';
import { retryAfterMs } from '../retry-after.js';

const NOT_AGAIN = 'It is not sent again as it is; tell the operator of this server.';
const FORUM = missing(
  'Discord says that this channel is a forum, which takes posts in threads only. Reconnect to a text channel.',
);
const SLOWED = limited('Discord asked for fewer messages in this channel. Its messages wait for as long as it says.');
const ADDRESS = limited(
  'Discord, or Cloudflare in front of it, asked for fewer requests from the address of this server. All messages to Discord wait for as long as it says, or for 5 minutes where it does not.',
);

/**
 * Discord's own codes: by them, not by the statuses beside them, it is known what is wrong. docs/answers.md is made of it.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
export const DISCORD_SIGNS: Readonly<Record<number, Sign>> = {
  10003: missing('Discord says that this channel does not exist. Reconnect to another channel.'),
  10015: missing('Discord says that this webhook was deleted. Reconnect to get a new one.'),
  20016: SLOWED,
  20028: SLOWED,
  40005: rejected(`Discord found the message too large. ${NOT_AGAIN}`),
  50001: revoked('Discord says that this webhook may not see its channel. Reconnect, or give it access there.'),
  50006: rejected(`Discord found the message empty. ${NOT_AGAIN}`),
  50013: revoked(
    'Discord says that this webhook may not write to its channel. Reconnect, or give it permission there.',
  ),
  50027: revoked("Discord says that this webhook's token is not valid any more. Reconnect to get a new one."),
  50035: rejected(`Discord does not take the form of the message. ${NOT_AGAIN}`),
  50109: rejected(`Discord could not read the message. ${NOT_AGAIN}`),
  220001: FORUM,
  220002: FORUM,
  220003: FORUM,
  220004: FORUM,
};

interface DiscordError {
  /** It is a JSON object, as all answers of Discord's are. */
  json: boolean;
  code: number | null;
  /** Null where the answer does not ask to wait. */
  retryAfterMs: number | null;
  /** Every request from here is meant, or this webhook's alone; null where the answer does not say. */
  global: boolean | null;
}

const NONE: DiscordError = { json: false, code: null, retryAfterMs: null, global: null };

const NOT_A_MESSAGE: Sign = {
  code: 'malformed_response',
  error:
    'Something answered that is not Discord. Is there a proxy on the way, or does DISCORD_BASE_URL lead elsewhere?',
};

/** As Cloudflare says that an address sends too much, in a text or on a page, whatever the status. */
const CLOUDFLARE_LIMIT = /\berror(?: code)?:? *1015\b|\bare being rate limited\b/i;

/**
 * What an answer of Discord's says of a failure, or a success without the message that was posted; null where it is
 * neither. `now` is epoch ms.
 */
export function discordSign(answer: OutboundAnswer, now: number): Sign | null {
  const status = refusalOf(answer.status);
  if (status === null) return answer.status === 204 || isMessage(answer.body) ? null : NOT_A_MESSAGE;
  const { code, retryAfterMs: asked } = readError(answer.body);
  const sign = code !== null && Object.hasOwn(DISCORD_SIGNS, code) ? DISCORD_SIGNS[code]! : null;
  if (status !== 'rate_limited' && sign?.code !== 'rate_limited' && !CLOUDFLARE_LIMIT.test(answer.body)) return sign;
  const waits = [asked, retryAfterMs(answer.headers['retry-after'], now)].filter((wait) => wait !== null);
  const limit = limitsAddress(answer) ? ADDRESS : SLOWED;
  return { ...limit, retryAfterMs: waits.length > 0 ? Math.max(...waits) : null };
}

/**
 * Whether a refusal for too many requests means all that is sent from this address, not one webhook. Discord says of one
 * webhook by its own signs; what comes without any is of Cloudflare or a proxy, who know of addresses alone.
 */
export function limitsAddress({ headers, body }: OutboundAnswer): boolean {
  const { code, global } = readError(body);
  const scope = headers['x-ratelimit-scope'];
  if (headers['x-ratelimit-global'] === 'true' || scope === 'global' || global) return true;
  const ofOne = OF_ONE_WEBHOOK.some((name) => headers[name] !== undefined);
  return !ofOne && global === null && !(code !== null && DISCORD_SIGNS[code]?.code === 'rate_limited');
}

const OF_ONE_WEBHOOK = ['x-ratelimit-scope', 'x-ratelimit-bucket', 'x-ratelimit-remaining', 'x-ratelimit-limit'];

/** Bodies may be anything: a page of a proxy, nothing at all. */
function readError(body: string): DiscordError {
  if (!body.startsWith('{')) return NONE;
  try {
    const { code, retry_after: wait, global } = JSON.parse(body) as Record<string, unknown>;
    return {
      json: true,
      code: typeof code === 'number' ? code : null,
      // Read as the header is: seconds, bounded to a day.
      retryAfterMs: typeof wait === 'number' ? retryAfterMs(wait.toString(), 0) : null,
      global: typeof global === 'boolean' ? global : null,
    };
  } catch {
    return NONE;
  }
}

/** As Discord answers with what it posted; a look is enough, it is made at every delivery. */
const isMessage = (body: string): boolean => body.startsWith('{') && body.includes('"id"');

/** A failure without a code of Discord's that is known here: its status is not Discord's word. */
export function discordUnsigned(answer: OutboundAnswer, code: ErrorCode): Sign {
  const { json, code: unknown } = readError(answer.body);
  return inBetween('Discord', answer, code, json ? (unknown === null ? 'no code' : `code ${unknown}`) : undefined);
}

/** How Discord's answers are read. */
export const DISCORD_READING = ownReading('Discord', { signOf: discordSign, unsigned: discordUnsigned });
