import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer } from '../../outbound/outbound-result.js';
import { rowOf, type AnswersSection } from '../answer-rows.js';
import { refusalOf } from '../classify-answer.js';
import { inBetween } from '../in-between.js';
import type { Sign } from '../outcome.js';
import { missing, ownReading, rejected, revoked } from '../own-signs.js';

const NAME = 'Microsoft Teams';

const COPY_AGAIN = 'Copy its URL again in the Workflows app, whole, and save it.';
const UNSIGNED = revoked(
  `Microsoft Teams does not let NitroPush trigger this workflow without signing in: its URL was saved without the signature, or not everybody may trigger it. Set “Who can trigger the flow?” to “Anyone”. ${COPY_AGAIN}`,
);
const UNREAD =
  'Microsoft Teams could not read the message. It is not sent again as it is; tell the operator of this server.';

/**
 * Codes of the service that runs workflows (Power Automate, Azure Logic Apps), in JSON: by them, not by the statuses beside
 * them, it is known what is wrong. docs/answers.md is made of it.
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-http-endpoint
 */
export const TEAMS_SIGNS: Readonly<Record<string, Sign>> = {
  WorkflowTriggerIsNotEnabled: missing(
    'Microsoft Teams says that this workflow is turned off or was deleted. Turn it on in the Workflows app and send a test, or save the URL of another.',
  ),
  WorkflowNotFound: missing(
    'Microsoft Teams says that this workflow does not exist. Add it to the channel again, and save its URL.',
  ),
  WorkflowTriggerNotFound: missing(
    `Microsoft Teams says that this workflow is not triggered by a webhook any more. Let it begin with “When a Teams webhook request is received”. ${COPY_AGAIN}`,
  ),
  DirectApiAuthorizationRequired: UNSIGNED,
  DirectApiInvalidAuthorizationScheme: UNSIGNED,
  DirectApiInvalidAuthorizationSignature: revoked(
    `Microsoft Teams says that the signature of this URL is not valid any more. ${COPY_AGAIN}`,
  ),
  MissingApiVersionParameter: revoked(`Microsoft Teams says that this URL is not whole. ${COPY_AGAIN}`),
  AuthorizationFailed: revoked(
    'Microsoft Teams says that this workflow may be triggered from certain addresses only. Ask its owner to allow the address of this server, then send a test.',
  ),
  TriggerInputSchemaMismatch: rejected(
    'Microsoft Teams says that this workflow expects a message of another form. Use the workflow “Send webhook alerts to a channel” as it is, then resend the message.',
  ),
  InvalidRequestContent: rejected(UNREAD),
  InvalidJson: rejected(UNREAD),
  RequestEntityTooLarge: rejected(
    'Microsoft Teams found the message too large. It is not sent again as it is; tell the operator of this server.',
  ),
};

const NOT_TAKEN: Sign = {
  code: 'malformed_response',
  error: 'Something answered that is not a workflow of Microsoft Teams. Is there a proxy or a sign-in page on the way?',
};
const SLOWED: Sign = {
  code: 'rate_limited',
  error: 'Microsoft Teams asked for fewer messages to this workflow. They wait for as long as it says.',
};

/** By which a workflow that was given an answer of its own, 200 for instance, is told from a page of a proxy. */
const RUN = 'x-ms-workflow-run-id';

/** What a workflow says of a failure, or a success without its sign; null where it is neither. */
export function teamsSign({ status, headers, body }: OutboundAnswer): Sign | null {
  if (refusalOf(status) === null) return status === 202 || headers[RUN] !== undefined ? null : NOT_TAKEN;
  const code = codeOf(body);
  return code !== null && Object.hasOwn(TEAMS_SIGNS, code) ? TEAMS_SIGNS[code]! : null;
}

/** A failure without a code that is known here: its status is not the workflow's word. */
export function teamsUnsigned(answer: OutboundAnswer, code: ErrorCode): Sign {
  if (code === 'rate_limited') return SLOWED;
  return inBetween(NAME, answer, code, codeOf(answer.body) ?? undefined);
}

/** As the service writes its codes; it is shown to people. */
const CODE = /^[A-Z][A-Za-z]{2,60}$/;

/** Bodies may be anything: a page of a proxy, nothing at all. */
function codeOf(body: string): string | null {
  if (!body.trimStart().startsWith('{')) return null;
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown } | null };
    const code = error?.code;
    return typeof code === 'string' && CODE.test(code) ? code : null;
  } catch {
    return null;
  }
}

/** How a workflow's answers are read. */
export const TEAMS_READING = ownReading(NAME, { signOf: teamsSign, unsigned: teamsUnsigned });

const PAGE = '<html>Forbidden</html>';
const json = (code: string): string => JSON.stringify({ error: { code } });

/** What a workflow answers, and what something in front of it does. */
export const teamsAnswers: AnswersSection = {
  about:
    'A workflow answers before it posts: 202 means that it began, its run history in Power Automate says how it ended. Only its JSON with a code in this table is its word. Anything else may come from a proxy or a firewall, and says nothing of the workflow.',
  rows: () => [
    rowOf('202', [202], TEAMS_READING),
    rowOf(`any other 2xx with \`${RUN}\``, [200, '', { [RUN]: '1' }], TEAMS_READING),
    rowOf('any other 2xx', [200, PAGE], TEAMS_READING),
    ...Object.keys(TEAMS_SIGNS).map((code) =>
      rowOf(`\`${code}\`, whatever the status`, [400, json(code)], TEAMS_READING),
    ),
    rowOf('429', [429, json('WorkflowRequestsThrottled')], TEAMS_READING),
    rowOf('4xx with a page or without a text', [403, PAGE], TEAMS_READING),
    rowOf('4xx with a code that is not known here', [403, json('SomethingNew')], TEAMS_READING),
    rowOf('3xx', [302], TEAMS_READING),
    rowOf('5xx', [502, PAGE], TEAMS_READING),
  ],
};
