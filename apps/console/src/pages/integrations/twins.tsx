import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, body, type Schema } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import type { Integration, Provider } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Change } from './draft.js';
import { overlapOf, type Route } from './overlap.js';
import { routeWords } from './route-words.js';

const texts = integrationsTexts.twin;
const AFTER_MS = 400;

interface Props {
  provider: Provider;
  integration: Integration | undefined;
  change: Change;
  /** As it is typed in: one project may not be chosen yet. */
  route: Route;
}

/** Says before it is saved that another destination leads to the same place, and what would be there twice. */
export function TypedTwins({ provider, integration, change: { credentials }, route }: Props) {
  const [asked] = useDebouncedValue(credentials, AFTER_MS);
  const { data = integration?.sameTarget ?? [] } = useQuery({
    queryKey: ['same-target', provider, integration?.id, asked],
    queryFn: async ({ signal }) => {
      const input = { provider, credentials: asked ?? {}, integrationId: integration?.id };
      return (await body(api.POST('/api/v1/integrations/same-target', { body: input, signal }))).items;
    },
    enabled: asked !== undefined,
  });
  return <Twins twins={data} route={route} />;
}

/** Destinations that lead to the same place, each with what is there twice. */
export function Twins({ twins, route }: { twins: readonly Schema<'SameTarget'>[]; route: Route }) {
  const { data: projects = [] } = useQuery({ ...queries.projects(), enabled: twins.length > 0 });
  if (twins.length === 0) return null;
  return (
    <div role="status">
      {twins.map((twin) => {
        const shared = overlapOf(route, twin);
        return (
          <Alert key={twin.id} bg="var(--np-warn-ground)" mb="xs" title={texts.title(twin.name)}>
            {shared
              ? texts.twice(routeWords(shared, projects.find(({ id }) => id === shared.projectId)?.name))
              : texts.apart}
          </Alert>
        );
      })}
    </div>
  );
}
