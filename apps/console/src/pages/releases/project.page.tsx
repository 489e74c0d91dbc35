import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconRocket } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { api, body, everything } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Release } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';

const COLUMNS: Column<Release>[] = [
  {
    key: 'version',
    title: releasesTexts.columns.version,
    cell: ({ version, description }) => (
      <div>
        <Text size="sm" fw={550}>
          {version}
        </Text>
        {description !== null && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </div>
    ),
    sortBy: ({ version }) => version,
  },
  {
    key: 'environment',
    title: releasesTexts.columns.environment,
    cell: ({ environment }) => commonTexts.environments[environment],
    sortBy: ({ environment }) => environment,
  },
  {
    key: 'rollout',
    title: releasesTexts.columns.rollout,
    cell: ({ rolloutPercentage }) => `${rolloutPercentage} %`,
    sortBy: ({ rolloutPercentage }) => rolloutPercentage,
    align: 'right',
  },
  {
    key: 'changed',
    title: releasesTexts.columns.changed,
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    sortBy: ({ updatedAt }) => updatedAt,
    align: 'right',
  },
];

/** One project's releases; an address of one release lights it up. */
export function ProjectPage() {
  const { projectId = '', releaseId } = useParams();
  const project = useQuery({
    queryKey: keys.project(projectId),
    queryFn: ({ signal }) => body(api.GET('/api/v1/projects/{id}', { params: { path: { id: projectId } }, signal })),
  });
  const releases = useQuery({
    queryKey: keys.releases(projectId),
    queryFn: ({ signal }) =>
      everything((query) =>
        body(api.GET('/api/v1/projects/{projectId}/releases', { params: { path: { projectId }, query }, signal })),
      ),
  });
  const failed = [project, releases].find(({ error }) => error !== null);
  if (failed?.error && !(project.data && releases.data))
    return <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />;
  return (
    <>
      <Anchor component={Link} to="/projects" size="sm">
        {releasesTexts.back}
      </Anchor>
      <PageTitle title={project.data?.name ?? releasesTexts.title} />
      {releases.data === undefined ? <LoadingRows /> : <Releases releases={releases.data} lit={releaseId} />}
    </>
  );
}

function Releases({ releases, lit }: { releases: Release[]; lit?: string }) {
  if (releases.length > 0)
    return (
      <DataTable label={releasesTexts.title} columns={COLUMNS} rows={releases} rowKey={({ id }) => id} lit={lit} />
    );
  return (
    <EmptyState
      title={releasesTexts.noReleases}
      hint={releasesTexts.noReleasesHint}
      icon={<IconRocket size={22} stroke={1.6} />}
    />
  );
}
