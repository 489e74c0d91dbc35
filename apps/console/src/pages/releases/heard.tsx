import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Release } from '../../api/types.js';
import { RelativeTime } from '../../components/relative-time.js';
import { LoadingFromDelivery } from '../../components/unavailable.js';
import { releasesTexts } from '../../texts/releases.js';
import classes from './release.module.css';
import { releaseQueries } from './releases.queries.js';
import { ToldList } from './told-list.js';
import { ToldSum, useTold } from './told-panel.js';
import { changesIn, type Happening } from './told.js';

const texts = releasesTexts.one;

/** Each thing that happened to the release, and who heard of it. */
export function Heard({ release }: { release: Release }) {
  const changes = useInfiniteQuery(releaseQueries.rolloutChanges(release));
  const came: Happening = {
    type: release.promotedFromId === null ? 'release.created' : 'release.promoted',
    at: release.createdAt,
  };
  const changed = changesIn(changes.data?.pages.flatMap(({ items }) => items) ?? []);
  return (
    <section aria-labelledby="heard">
      <Title order={2} id="heard">
        {texts.heard}
      </Title>
      <Text c="dimmed" size="sm" mt={4} mb="md">
        {texts.heardHint}
      </Text>
      <Stack>
        {changes.isPending && <LoadingFromDelivery rows={2} />}
        {!changes.isPending &&
          [...changed, came].map((happening) => (
            <HeardOf key={`${happening.type} ${happening.at}`} release={release} happening={happening} />
          ))}
      </Stack>
      {changes.hasNextPage && (
        <Button
          variant="subtle"
          mt="md"
          loading={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          {texts.older}
        </Button>
      )}
    </section>
  );
}

function HeardOf({ release, happening }: { release: Release; happening: Happening }) {
  const { told, deliveries, isPending } = useTold(release, happening);
  const origin = useQuery({
    ...releaseQueries.release(release.promotedFromId ?? ''),
    enabled: release.promotedFromId !== null,
  });
  return (
    <Paper className={classes.happening} component="article">
      <Group justify="space-between" mb="xs">
        <Title order={3}>{texts.happened[happening.type](origin.data?.environment)}</Title>
        <span className={classes.when}>
          <RelativeTime at={happening.at} />
        </span>
      </Group>
      {isPending ? <Skeleton height={20} /> : <ToldSum told={told} />}
      <ToldList deliveries={deliveries} />
    </Paper>
  );
}
