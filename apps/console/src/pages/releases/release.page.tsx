import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Release } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { DateFacts, Fact, Facts } from '../../components/facts.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import { Heard } from './heard.js';
import classes from './release.module.css';
import { Actions, RolledOut } from './release-card.js';
import { ReleaseHistory } from './release-history.js';
import { ReleaseDialog, type ReleaseAction } from './release-dialog.js';
import { releaseQueries } from './releases.queries.js';

const texts = releasesTexts.one;

/** One release: where the link in every message leads. */
export function ReleasePage() {
  const { projectId = '', releaseId = '' } = useParams();
  const project = useQuery(releaseQueries.project(projectId));
  const release = useQuery(releaseQueries.release(releaseId));
  const [action, setAction] = useState<ReleaseAction>();
  if (!release.data)
    return release.error ? (
      <ErrorPanel error={release.error} onRetry={() => void release.refetch()} />
    ) : (
      <LoadingRows rows={4} />
    );
  return (
    <>
      <PageTitle
        title={texts.title(release.data.version, release.data.environment)}
        lead={
          <Anchor component={Link} to={`/projects/${projectId}`}>
            <bdi>{project.data?.name ?? releasesTexts.back}</bdi>
          </Anchor>
        }
      >
        <Group gap="xs">
          <Actions release={release.data} onAct={setAction} />
        </Group>
      </PageTitle>
      <Stack gap="xl">
        <Summary release={release.data} onCorrect={() => setAction({ kind: 'correct', release: release.data })} />
        <Heard release={release.data} />
        <ReleaseHistory release={release.data} />
      </Stack>
      {action && <ReleaseDialog action={action} onClose={() => setAction(undefined)} />}
    </>
  );
}

function Summary({ release, onCorrect }: { release: Release; onCorrect: () => void }) {
  const { projectId, environment, mandatory, description, promotedFromId } = release;
  return (
    <Paper p="lg" component="section" aria-label={texts.facts}>
      <Text className={classes.description} c={description === null ? 'dimmed' : undefined}>
        <bdi>{description ?? texts.noDescription}</bdi>
      </Text>
      <May do="release">
        <Button variant="subtle" size="compact-sm" mt={6} ml={-8} onClick={onCorrect}>
          {releasesTexts.correct.open}
        </Button>
      </May>
      {mandatory && (
        <Text size="sm" mt="sm" component="div">
          <ToneBadge tone="warn">{releasesTexts.mandatory}</ToneBadge> {releasesTexts.mandatoryMeaning}.
        </Text>
      )}
      <RolledOut release={release} />
      <Facts>
        <Fact name={texts.environment}>{commonTexts.environments[environment]}</Fact>
        <DateFacts of={release} made={texts.created} changed={texts.changed} />
        {promotedFromId !== null && (
          <Fact name={texts.origin}>
            <Origin projectId={projectId} id={promotedFromId} />
          </Fact>
        )}
      </Facts>
    </Paper>
  );
}

/** Where it was before. */
function Origin({ projectId, id }: { projectId: string; id: string }) {
  const { data } = useQuery(releaseQueries.release(id));
  return (
    <Anchor component={Link} to={`/projects/${projectId}/releases/${id}`}>
      {data ? commonTexts.environments[data.environment] : commonTexts.loading}
    </Anchor>
  );
}
