import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Environment } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import { releaseQueries } from './releases.queries.js';

interface Props {
  projectId: string;
  environment: Environment;
}

/** The release that is out in one environment of a project, with its rollout where that is not over. */
export function CurrentRelease({ projectId, environment }: Props) {
  const { data, error } = useQuery(releaseQueries.current());
  if (data === undefined) return <Text c="dimmed">{error ? commonTexts.notKnown : '…'}</Text>;
  const release = data.get(projectId)?.find((one) => one.environment === environment);
  if (release === undefined) return <Text c="dimmed">{releasesTexts.nothingOut}</Text>;
  return (
    <Group gap={6} wrap="nowrap">
      <Anchor component={Link} to={`/projects/${projectId}/releases/${release.id}`}>
        {release.version}
      </Anchor>
      {release.rolloutPercentage < 100 && (
        <Text size="sm" c="dimmed">
          {releasesTexts.share(release.rolloutPercentage)}
        </Text>
      )}
    </Group>
  );
}
