import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer } from '../../outbound/outbound-result.js';
import { inBetween } from '../in-between.js';
import type { Sign } from '../outcome.js';
import { missing, ownReading, rejected, revoked } from '../own-signs.js';

const LIMITED: Sign = {
  code: 'rate_limited',
  error: 'Slack asked for fewer messages in this channel. Its messages wait for as long as it says.',
};
const REMOVED = 'Slack says that this webhook was removed or switched off. Reconnect to get a new one.';

/** Slack's errors are plain texts: by them, not by the statuses beside them, it is known what is wrong. docs/answers.md is made of it. */
export const SLACK_SIGNS: Readonly<Record<string, Sign>> = {
  no_service: revoked(REMOVED),
  no_service_id: revoked(REMOVED),
  no_active_hooks: revoked(REMOVED),
  invalid_token: revoked(
    'Slack says that the secret in this webhook is not valid any more. Reconnect to get a new one.',
  ),
  no_team: missing('Slack says that this workspace does not exist. Reconnect to another workspace.'),
  team_disabled: missing('Slack says that this workspace is disabled. Enable it, or reconnect to another workspace.'),
  channel_not_found: missing('Slack says that this channel does not exist. Reconnect to another channel.'),
  user_not_found: missing('Slack says that this person does not exist. Reconnect to a channel or another person.'),
  channel_is_archived: missing(
    'Slack says that this channel is archived. Unarchive it, or reconnect to another channel.',
  ),
  action_prohibited: revoked(
    'Slack says that an administrator has forbidden this. Ask them to allow the app, or reconnect to another channel.',
  ),
  posting_to_general_channel_denied: revoked(
    'Slack says that an administrator has closed this general channel to it. Reconnect to another channel.',
  ),
  invalid_payload: rejected(
    'Slack could not read the message. It is not sent again as it is; tell the operator of this server.',
  ),
  invalid_blocks: rejected(
    'Slack does not take the layout of the message. It is not sent again; tell the operator of this server.',
  ),
  no_text: rejected(
    'Slack found no text in the message. It is not sent again as it is; tell the operator of this server.',
  ),
  too_many_attachments: rejected(
    'Slack found the message too long. It is not sent again as it is; tell the operator of this server.',
  ),
  rate_limited: LIMITED,
  ratelimited: LIMITED,
  rollup_error: {
    code: 'server_error',
    error: 'Slack failed on its side. There is nothing to do but wait for the retries.',
  },
};

const NOT_OK: Sign = {
  code: 'malformed_response',
  error: 'Something answered that is not Slack. Is there a proxy on the way, or does SLACK_BASE_URL lead elsewhere?',
};

/** What an answer of Slack's says: one of its errors, or a success without the sign of success; null where it is neither. */
export function slackSign({ status, body }: OutboundAnswer): Sign | null {
  const text = body.trim();
  const sign = Object.hasOwn(SLACK_SIGNS, text) ? SLACK_SIGNS[text] : undefined;
  if (sign) return sign;
  const succeeded = status >= 200 && status < 300;
  return succeeded && !(status === 200 && text === 'ok') ? NOT_OK : null;
}

/** As Slack writes its errors. */
const LIKE_AN_ERROR = /^[a-z]{2,20}(_[a-z]{1,20}){1,8}$/;

const ADDRESS: Sign = {
  code: 'rate_limited',
  error:
    'Something between NitroPush and Slack, and not Slack, asked for fewer requests from the address of this server. All messages to Slack wait for as long as it says, or for 5 minutes where it does not.',
};

/** A failure without one of Slack's errors: its status is not Slack's word. */
export function slackUnsigned(answer: OutboundAnswer, code: ErrorCode): Sign {
  if (code === 'rate_limited') return slackLimitsAddress(answer) ? ADDRESS : LIMITED;
  const text = answer.body.trim();
  return inBetween('Slack', answer, code, LIKE_AN_ERROR.test(text) ? text : undefined);
}

/** Whether a refusal for too many requests is not Slack's own, which is about one webhook and says little or nothing. */
export function slackLimitsAddress({ body }: OutboundAnswer): boolean {
  const text = body.trim();
  return text !== '' && !Object.hasOwn(SLACK_SIGNS, text) && !LIKE_AN_ERROR.test(text) && !text.startsWith('{');
}

/** How Slack's answers are read. */
export const SLACK_READING = ownReading('Slack', { signOf: slackSign, unsigned: slackUnsigned });
