import { queryOptions } from '@tanstack/react-query';
import type { DeliveredType } from '../../api/types.js';
import { send } from '../../api/send.js';
import type { BodySchema } from './fields.js';

interface Webhook {
  summary: string;
  description: string;
  requestBody: { content: { 'application/json': { schema: BodySchema } } };
}

export interface EventKind {
  type: DeliveredType;
  summary: string;
  /** When it is sent. */
  when: string;
  schema: BodySchema;
}

/** Every type of event, as the API's own document has it. */
export const eventKinds = () =>
  queryOptions({
    queryKey: ['event-kinds'],
    queryFn: async ({ signal }) => {
      const answer = await send(new Request('/api/openapi.json', { signal }));
      const { webhooks } = (await answer.json()) as { webhooks: Record<DeliveredType, { post: Webhook }> };
      return Object.entries(webhooks).map(([type, { post }]) => kindOf(type as DeliveredType, post));
    },
    staleTime: Infinity,
  });

function kindOf(type: DeliveredType, { summary, description, requestBody }: Webhook): EventKind {
  return { type, summary, when: description, schema: requestBody.content['application/json'].schema };
}
