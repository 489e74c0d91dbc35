import { Anchor, Button, Group, Paper, Progress, Text } from '@mantine/core';
import { Link } from 'react-router';
import { May } from '../../auth/may.js';
import type { Release } from '../../api/types.js';
import { RelativeTime } from '../../components/relative-time.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { releasesTexts } from '../../texts/releases.js';
import classes from './project.module.css';
import { above } from './promotion.js';
import type { ReleaseAction } from './release-dialog.js';

interface Props {
  release: Release;
  onAct: (action: ReleaseAction) => void;
}

/** One release as it stands in one environment. */
export function ReleaseCard({ release, onAct }: Props) {
  const { id, projectId, version, mandatory, description, updatedAt } = release;
  return (
    <Paper className={classes.card} component="article" aria-label={version}>
      <div className={classes.head}>
        <Anchor component={Link} to={`/projects/${projectId}/releases/${id}`} fw={600} className={classes.version}>
          {version}
        </Anchor>
        {mandatory && (
          <ToneBadge tone="warn" hint={releasesTexts.mandatoryMeaning}>
            {releasesTexts.mandatory}
          </ToneBadge>
        )}
        <span className={classes.time}>
          <RelativeTime at={updatedAt} />
        </span>
      </div>
      {description !== null && (
        <Text size="sm" c="dimmed" mt={6} lineClamp={2}>
          <bdi>{description}</bdi>
        </Text>
      )}
      <RolledOut release={release} />
      <Group gap="xs" mt="sm">
        <Actions release={release} onAct={onAct} />
      </Group>
    </Paper>
  );
}

export function RolledOut({ release: { rolloutPercentage } }: { release: Release }) {
  const label = releasesTexts.rolledOut(rolloutPercentage);
  return (
    <>
      <Progress value={rolloutPercentage} size="xs" mt="md" aria-label={label} />
      <Text size="xs" c="dimmed" mt={6}>
        {label}
      </Text>
    </>
  );
}

/** What can be done with it; from the highest environment there is nowhere to go. */
export function Actions({ release, onAct }: Props) {
  const { version, environment } = release;
  const highest = above(environment).length === 0;
  return (
    <>
      {!highest && (
        <May do="release">
          <Button
            variant="default"
            size="xs"
            aria-label={releasesTexts.promoteOf(version, environment)}
            onClick={() => onAct({ kind: 'promote', release })}
          >
            {releasesTexts.promote}
          </Button>
        </May>
      )}
      <May do="release">
        <Button
          variant="default"
          size="xs"
          aria-label={releasesTexts.rolloutOf(version, environment)}
          onClick={() => onAct({ kind: 'rollout', release })}
        >
          {releasesTexts.rollout}
        </Button>
      </May>
    </>
  );
}
