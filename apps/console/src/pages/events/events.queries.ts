import { queryOptions } from '@tanstack/react-query';
import { send } from '../../api/send.js';
import type { BodySchema } from './fields.js';

interface Webhook {
  summary: string;
  description: string;
  requestBody: { content: { 'application/json': { schema: BodySchema; example?: unknown } } };
}

export interface EventKind {
  type: string;
  summary: string;
  /** When it is sent. */
  when: string;
  schema: BodySchema;
  /** The body of one; left out where the API makes messages of it. */
  example: unknown;
}

/** Every type of event, as the API's own document has it. */
export const eventKinds = () =>
  queryOptions({
    queryKey: ['event-kinds'],
    queryFn: async ({ signal }) => {
      const answer = await send(new Request('/api/openapi.json', { signal }));
      const { webhooks } = (await answer.json()) as { webhooks: Record<string, { post: Webhook }> };
      return Object.entries(webhooks).map(([type, { post }]) => kindOf(type, post));
    },
    staleTime: Infinity,
  });

function kindOf(type: string, { summary, description, requestBody }: Webhook): EventKind {
  const { schema, example } = requestBody.content['application/json'];
  return { type, summary, when: description, schema, example };
}
