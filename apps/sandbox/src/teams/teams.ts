import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Chat } from '../chat/chat.js';
import type { Channel } from '../chat/channel.js';
import { hang, isType, readBody, same, sendJson } from '../chat/exchange.js';
import { answersInFront } from '../chat/in-front.js';
import { Pace } from '../chat/pace.js';
import type { ChatStandIn } from '../chat/stand-in.js';
import { webhookSecret } from '../chat/webhook-key.js';
import { cardProblem } from './adaptive-card.rules.js';

const WORKFLOW = /^\/workflows\/([^/]+)\/triggers\/manual\/paths\/invoke$/;
/** The channel's id, and when the workflow was made, in ms and hex. */
const WORKFLOW_ID = /^([0-9a-f]{20})([0-9a-f]{12})$/;
/** Four in a second; the little more is for the clocks of those who keep to it. */
const PACE = { burst: 5, perSecond: 4.4 };

/** Microsoft Teams, as far as workflows that begin with a webhook are concerned. */
@Injectable()
export class Teams implements ChatStandIn {
  readonly chat = new Chat('teams', 'Acme', (digest) => digest.slice(0, 20));
  private readonly pace = new Pace(PACE);

  /** Another workflow each time: of one that was made before, turning off says nothing of this one. */
  addressOf({ id: channelId }: Channel): string {
    const id = channelId + Date.now().toString(16).padStart(12, '0');
    const query = { 'api-version': '1', sp: '/triggers/manual/run', sv: '1.0', sig: signatureOf(id) };
    return `/teams/workflows/${id}/triggers/manual/paths/invoke?${new URLSearchParams(query).toString()}`;
  }

  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { searchParams } = new URL(request.url!, 'http://teams');
    const [, id] = WORKFLOW.exec(path) ?? [];
    const [, channelId, madeAt] = WORKFLOW_ID.exec(id ?? '') ?? [];
    if (channelId === undefined) return sendError(response, ERRORS.unknown);
    if (!searchParams.has('api-version')) return sendError(response, ERRORS.noVersion);
    const signature = searchParams.get('sig');
    if (signature === null) return sendError(response, ERRORS.unsigned);
    if (!same(signature, signatureOf(id!))) return sendError(response, ERRORS.signature);
    const channel = this.chat.find(channelId);
    const behaviour = channel.takeBehaviour(Number.parseInt(madeAt!, 16));
    if (answersInFront(behaviour, PROXY, response)) return this.chat.refuse(channel);
    if (behaviour.mode === 'hang') return hang(response);
    const { waitMs } = behaviour.mode === 'ok' ? this.pace.admit(id!) : { waitMs: 0 };
    const limited = behaviour.mode === 'rate-limited' || waitMs > 0;
    const error = limited ? ERRORS.limited : (REFUSALS[behaviour.mode] ?? contentError(request, body));
    if (!error) return this.run(channel, JSON.parse(body!), response);
    this.chat.refuse(channel);
    if (limited)
      response.setHeader('retry-after', waitMs > 0 ? Math.ceil(waitMs / 1_000) : behaviour.retryAfterSeconds);
    sendError(response, error);
  }

  /** As the real ones: whatever becomes of the message, the one who sent it is told that the workflow has begun. */
  private run(channel: Channel, payload: unknown, response: ServerResponse): void {
    const problem = cardProblem(payload);
    this.chat.keep(channel, payload, problem);
    response.writeHead(202, { 'x-ms-workflow-run-id': `0858${Date.now()}CU00` }).end();
  }
}

const signatureOf = (id: string): string => webhookSecret('teams', id, 43);

/** A proxy that a company keeps on the way out. */
const PROXY = {
  blocked: '<html><title>403 Forbidden</title><body>Blocked by your network policy</body></html>',
  'address-limited': '<html><title>429 Too Many Requests</title></html>',
};

type WorkflowError = readonly [status: number, code: string, message: string];

const ERRORS = {
  unknown: [404, 'WorkflowNotFound', 'The workflow could not be found.'],
  noVersion: [400, 'MissingApiVersionParameter', 'The api-version query parameter is required for all requests.'],
  unsigned: [401, 'DirectApiAuthorizationRequired', 'The request must be authenticated only by Shared Access scheme.'],
  signature: [401, 'DirectApiInvalidAuthorizationSignature', 'The provided authorization signature is not valid.'],
  off: [400, 'WorkflowTriggerIsNotEnabled', "Could not execute workflow trigger 'manual' with state 'Disabled'."],
  outsiders: [403, 'AuthorizationFailed', 'The client does not have permission to perform action.'],
  limited: [429, 'WorkflowRequestsThrottled', 'Rate limit is exceeded.'],
  fault: [500, 'InternalServerError', 'Encountered internal server error.'],
  content: [400, 'InvalidRequestContent', 'The request content is not valid and could not be deserialized.'],
} as const satisfies Record<string, WorkflowError>;

const REFUSALS: Partial<Record<string, WorkflowError>> = {
  revoked: ERRORS.off,
  deleted: ERRORS.unknown,
  archived: ERRORS.outsiders,
  error: ERRORS.fault,
};

const sendError = (response: ServerResponse, [status, code, message]: WorkflowError): void =>
  sendJson(response, status, { error: { code, message } });

function contentError(request: IncomingMessage, body: string | null): WorkflowError | null {
  if (request.method !== 'POST' || !isType(request, 'application/json') || body === null) return ERRORS.content;
  try {
    JSON.parse(body);
    return null;
  } catch {
    return ERRORS.content;
  }
}
