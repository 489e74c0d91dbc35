import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconRocket } from '@tabler/icons-react';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import type { Project } from '../../api/types.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { releasesTexts } from '../../texts/releases.js';

const COLUMNS: Column<Project>[] = [
  {
    key: 'name',
    title: releasesTexts.columns.project,
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/projects/${id}`} fw={550}>
        {name}
      </Anchor>
    ),
    sortBy: ({ name }) => name,
  },
  {
    key: 'created',
    title: releasesTexts.columns.created,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
    align: 'right',
  },
];

/** The projects whose releases are announced. */
export function ProjectsPage() {
  return (
    <>
      <PageTitle title={releasesTexts.title} lead={releasesTexts.lead} />
      <Projects />
    </>
  );
}

function Projects() {
  const { data, error, refetch } = useQuery(queries.projects());
  if (data === undefined)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={3} />;
  if (data.length > 0)
    return <DataTable label={releasesTexts.title} columns={COLUMNS} rows={data} rowKey={({ id }) => id} />;
  return (
    <EmptyState
      title={releasesTexts.empty}
      hint={releasesTexts.emptyHint}
      icon={<IconRocket size={22} stroke={1.6} />}
    />
  );
}
