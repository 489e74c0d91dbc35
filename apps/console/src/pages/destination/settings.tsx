import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import type { Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { DateFacts, Fact, Facts } from '../../components/facts.js';
import { useProviders } from '../../components/use-providers.js';
import { commonTexts } from '../../texts/common.js';
import { destinationTexts } from '../../texts/destination.js';
import { Twins } from '../integrations/twins.js';
import classes from './destination.module.css';

const texts = destinationTexts.settings;

/** Where it posts to, what it receives, and since when. */
export function Settings({ integration, onEdit }: { integration: Integration; onEdit: () => void }) {
  const { provider, destination, eventTypes, environments, concurrency } = integration;
  const providers = useProviders();
  const tile = providers.tile(provider);
  const mails = tile?.fields.some(({ type }) => type === 'emails') ?? false;
  const listed = (words: readonly string[]): string | undefined => (words.length > 0 ? words.join(', ') : undefined);
  return (
    <section aria-labelledby="settings">
      <Group justify="space-between" mb="md">
        <Title order={2} id="settings">
          {texts.title}
        </Title>
        <May do="manage-integrations">
          <Button variant="default" onClick={onEdit}>
            {texts.edit}
          </Button>
        </May>
      </Group>
      <Twins twins={integration.sameTarget} route={integration} />
      <Paper p="lg">
        <Text className={classes.sentence}>{texts.postsTo(providers.name(provider), destination, mails)}</Text>
        <Facts>
          <Fact name={texts.project}>
            <Project id={integration.projectId} />
          </Fact>
          <Fact name={texts.events}>
            {listed(eventTypes.map((type) => commonTexts.events[type])) ?? commonTexts.allEvents}
          </Fact>
          <Fact name={texts.environments}>
            {listed(environments.map((one) => commonTexts.environments[one])) ?? commonTexts.allEnvironments}
          </Fact>
          <Fact name={texts.alerts}>{integration.alerts ? texts.on : texts.off}</Fact>
          {concurrency !== null && <Fact name={texts.concurrency}>{concurrency}</Fact>}
          <DateFacts of={integration} made={texts.connected} changed={texts.changed} />
        </Facts>
        {tile?.signs && <SeeEvents />}
      </Paper>
    </section>
  );
}

const SeeEvents = () => (
  <Anchor component={Link} to="/events" size="sm" mt="md" display="inline-block">
    {texts.seeEvents}
  </Anchor>
);

function Project({ id }: { id: string | null }) {
  const { data } = useQuery({ ...queries.projects(), enabled: id !== null });
  return id === null ? commonTexts.allProjects : <bdi>{data?.find((one) => one.id === id)?.name ?? id}</bdi>;
}
