import { DELIVERED_TYPES, WEBHOOK_BODIES, type DeliveredType } from '#libs/contracts';
import type { Json } from './openapi-document.js';

const SUMMARIES: Record<DeliveredType, string> = {
  'release.created': 'A release reached an environment',
  'release.promoted': 'A release was promoted to a higher environment',
  'release.rollout_changed': 'The rollout of a release changed',
  'destination.disconnected': 'A destination refuses every message, or is gone',
  'destination.failing': 'A destination has kept failing for 15 minutes',
  'destination.recovered': 'A destination works again',
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
  security: [],
  parameters: Object.entries(HEADERS).map(([name, description]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  })),
  requestBody: { required: true, content: { 'application/json': { schema: WEBHOOK_BODIES[type] } } },
  responses: {
    '2XX': { description: 'Accepted' },
    default: {
      description: 'Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good',
    },
  },
});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
