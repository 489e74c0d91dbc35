import { Text } from '@mantine/core';
import type { DeliveredType, Delivery } from '../api/types.js';
import { commonTexts } from '../texts/common.js';
import { ToneBadge } from './tone-badge.js';
import classes from './subject.module.css';

type Told = Pick<Delivery, 'projectName' | 'version' | 'environment' | 'eventType' | 'test' | 'subject'>;

const EVENTS: Record<DeliveredType, string> = { ...commonTexts.events, ...commonTexts.alerts };

/** What a message is about: the project and its version, under it what happened where; of an alert the destination. */
export function Subject({ of: { projectName, version, environment, eventType, test, subject } }: { of: Told }) {
  return (
    <div className={classes.subject}>
      <span className={classes.first}>
        <bdi>{projectName ?? subject?.name ?? commonTexts.alert}</bdi>{' '}
        <span className={classes.version}>{version}</span>
        {test && <ToneBadge tone="info">{commonTexts.test}</ToneBadge>}
      </span>
      <Text component="span" size="xs" c="dimmed">
        {EVENTS[eventType]}
        {environment && ` · ${commonTexts.environments[environment]}`}
      </Text>
    </div>
  );
}
