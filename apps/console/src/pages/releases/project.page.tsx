import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { useRefreshOnAttempts } from '../../api/live.js';
import { May } from '../../auth/may.js';
import { ErrorPanel } from '../../components/error-panel.js';
import { PageTitle } from '../../components/page-title.js';
import { releasesTexts } from '../../texts/releases.js';
import { EnvironmentColumn } from './environment-column.js';
import classes from './project.module.css';
import { ENVIRONMENTS } from './promotion.js';
import { ReleaseDialog, type ReleaseAction } from './release-dialog.js';
import { releaseQueries } from './releases.queries.js';

/** One project: what is in each environment, side by side in the order in which a release goes through them. */
export function ProjectPage() {
  const { projectId = '' } = useParams();
  const project = useQuery(releaseQueries.project(projectId));
  const [action, setAction] = useState<ReleaseAction>();
  useRefreshOnAttempts(keys.releases(projectId));
  if (project.error && !project.data)
    return <ErrorPanel error={project.error} onRetry={() => void project.refetch()} />;
  const create = (): void => {
    if (project.data) setAction({ kind: 'create', project: project.data, environment: 'test' });
  };
  return (
    <>
      <PageTitle
        title={project.data?.name ?? releasesTexts.title}
        lead={
          <Anchor component={Link} to="/projects">
            {releasesTexts.back}
          </Anchor>
        }
      >
        <May do="release">
          <Button leftSection={<IconPlus size={16} />} disabled={!project.data} onClick={create}>
            {releasesTexts.create}
          </Button>
        </May>
      </PageTitle>
      <div className={classes.columns}>
        {ENVIRONMENTS.map((environment) => (
          <EnvironmentColumn key={environment} projectId={projectId} environment={environment} onAct={setAction} />
        ))}
      </div>
      {action && <ReleaseDialog action={action} onClose={() => setAction(undefined)} />}
    </>
  );
}
