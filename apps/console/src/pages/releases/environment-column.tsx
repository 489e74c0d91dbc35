import { Button, Paper, Skeleton, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Environment } from '../../api/types.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import classes from './project.module.css';
import { ReleaseCard } from './release-card.js';
import type { ReleaseAction } from './release-dialog.js';
import { releaseQueries } from './releases.queries.js';

interface Props {
  projectId: string;
  environment: Environment;
  onAct: (action: ReleaseAction) => void;
}

/** What is in one environment, newest first. */
export function EnvironmentColumn({ projectId, environment, onAct }: Props) {
  const releases = useInfiniteQuery(releaseQueries.inEnvironment(projectId, environment));
  const shown = releases.data?.pages.flatMap(({ items }) => items);
  const name = commonTexts.environments[environment];
  return (
    <section className={classes.column} aria-label={name} aria-busy={releases.isPending}>
      <Title order={2} size="h3">
        {name}
      </Title>
      {shown === undefined ? (
        releases.error ? (
          <ErrorPanel error={releases.error} onRetry={() => void releases.refetch()} />
        ) : (
          [0, 1].map((place) => <Loading key={place} />)
        )
      ) : shown.length === 0 ? (
        <div className={classes.nothing}>{releasesTexts.noneHere[environment]}</div>
      ) : (
        shown.map((release) => <ReleaseCard key={release.id} release={release} onAct={onAct} />)
      )}
      {releases.hasNextPage && (
        <Button
          variant="subtle"
          loading={releases.isFetchingNextPage}
          onClick={() => void releases.fetchNextPage()}
          aria-label={releasesTexts.olderOf(environment)}
        >
          {releasesTexts.older}
        </Button>
      )}
    </section>
  );
}

const Loading = () => (
  <Paper className={classes.card} aria-hidden>
    <Skeleton height={14} width="40%" radius="xl" />
    <Skeleton height={12} width="80%" radius="xl" mt="md" />
    <Skeleton height={6} radius="xl" mt="lg" />
  </Paper>
);
