import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconRocket } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import type { Project } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { DataTable, type Column } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { LoadingRows } from '../../components/loading-rows.js';
import { PageTitle } from '../../components/page-title.js';
import { RelativeTime } from '../../components/relative-time.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import { CurrentRelease } from './current-release.js';
import { ProjectDialog } from './project-dialog.js';
import { ENVIRONMENTS } from './promotion.js';

const texts = releasesTexts.project;
type Opened = { project?: Project } | undefined;

/** The projects whose releases are announced. */
export function ProjectsPage() {
  const [opened, setOpened] = useState<Opened>();
  const create = (
    <May do="release">
      <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened({})}>
        {texts.create}
      </Button>
    </May>
  );
  return (
    <>
      <PageTitle title={releasesTexts.title} lead={releasesTexts.lead}>
        {create}
      </PageTitle>
      <Projects onRename={(project) => setOpened({ project })} create={create} />
      {opened && <ProjectDialog {...opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

interface Props {
  create: ReactNode;
  onRename: (project: Project) => void;
}

function Projects({ create, onRename }: Props) {
  const { data, error, refetch } = useQuery(queries.projects());
  const columns = useMemo(() => columnsFor(onRename), [onRename]);
  if (data === undefined)
    return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <LoadingRows rows={3} />;
  if (data.length > 0)
    return <DataTable label={releasesTexts.title} columns={columns} rows={data} rowKey={({ id }) => id} />;
  return (
    <EmptyState title={releasesTexts.empty} hint={releasesTexts.emptyHint} icon={<IconRocket size={22} stroke={1.6} />}>
      {create}
    </EmptyState>
  );
}

const columnsFor = (onRename: Props['onRename']): Column<Project>[] => [
  {
    key: 'name',
    title: releasesTexts.columns.project,
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/projects/${id}`} fw={550}>
        <bdi>{name}</bdi>
      </Anchor>
    ),
    sortBy: ({ name }) => name,
  },
  ...ENVIRONMENTS.map((environment) => ({
    key: environment,
    title: commonTexts.environments[environment],
    width: '15%', // known before the releases are
    cell: ({ id }: Project) => <CurrentRelease projectId={id} environment={environment} />,
  })),
  {
    key: 'created',
    title: releasesTexts.columns.created,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
    align: 'right',
  },
  {
    key: 'actions',
    title: releasesTexts.columns.actions,
    hideTitle: true,
    align: 'right',
    width: '8rem',
    cell: (project) => (
      <May do="release">
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={texts.renameOf(project.name)}
          onClick={() => onRename(project)}
        >
          {texts.rename}
        </Button>
      </May>
    ),
  },
];
