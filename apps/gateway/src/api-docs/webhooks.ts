import { DELIVERED_TYPES, WEBHOOK_BODIES, isAlertType, type DeliveredType } from '#libs/contracts';
import { alertExample } from './alert-example.js';
import type { Json } from './openapi-document.js';

const SUMMARIES: Record<DeliveredType, string> = {
  'release.created': 'A release reached an environment',
  'release.promoted': 'A release was promoted to a higher environment',
  'release.rollout_changed': 'The rollout of a release changed',
  'destination.disconnected': 'A destination refuses every message, or is gone',
  'destination.failing': 'A destination has kept failing for 15 minutes',
  'destination.recovered': 'A destination works again',
};

/** When it is sent. */
const DESCRIPTIONS: Record<DeliveredType, string> = {
  'release.created':
    'Sent once for each new release, in the environment that it was made for. A promotion sends release.promoted instead.',
  'release.promoted':
    'Sent once for each promotion. `data.release` is the release in its new environment, `data.previous` says where it came from.',
  'release.rollout_changed':
    'Sent once for each change of the rollout. `data.previous.rolloutPercentage` is the value before. Saving the same value sends nothing.',
  'destination.disconnected':
    'Sent once, when a destination on the same route refuses for good: nothing is sent to it until it is reconnected or tested. For integrations with `alerts`; never about themselves.',
  'destination.failing':
    'Sent once, when a destination on the same route has accepted no message for 15 minutes (`DESTINATION_FAILING_AFTER`). For integrations with `alerts`; never about themselves.',
  'destination.recovered':
    'Sent once, when a destination that was reported as disconnected or failing accepts messages again. For integrations with `alerts`; never about themselves.',
};

const HEADERS: Record<string, string> = {
  'webhook-id': 'Names the delivery: the same on every attempt, so that a receiver can drop what comes twice',
  'webhook-timestamp': 'Seconds since 1970 at this attempt',
  'webhook-signature':
    'One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>`',
};

/** What custom webhooks are posted, made of the contracts of the events (OpenAPI 3.1, `webhooks`). */
export const webhooks = (): Record<string, Json> =>
  Object.fromEntries(DELIVERED_TYPES.map((type) => [type, { post: operation(type) }]));

const operation = (type: DeliveredType): Json => ({
  operationId: `receive${type.split(/[._]/).map(capital).join('')}`,
  tags: ['webhooks'],
  summary: SUMMARIES[type],
  description: DESCRIPTIONS[type],
  security: [],
  parameters: Object.entries(HEADERS).map(([name, description]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  })),
  requestBody: {
    required: true,
    content: { 'application/json': { schema: WEBHOOK_BODIES[type], ...exampleOf(type) } },
  },
  responses: {
    '2XX': { description: 'Accepted' },
    default: {
      description: 'Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good',
    },
  },
});

/** Those of releases are answered by `POST /integrations/preview`, with a project of the caller. */
const exampleOf = (type: DeliveredType): Json => (isAlertType(type) ? { example: alertExample(type) } : {});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
