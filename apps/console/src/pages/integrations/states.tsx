import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { Integration } from '../../api/types.js';
import { HealthBadge } from '../../components/health-badge.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Waiting } from '../deliveries/many.js';
import classes from './integrations-table.module.css';

interface Props {
  integration: Integration;
  onWaiting: (status: Waiting) => void;
}

/** How it fares, and what waits for somebody: a click leads to what can be done about that. */
export function States({ integration: { name, health, counts }, onWaiting }: Props) {
  const count = (status: Waiting) => {
    const many = counts?.[status] ?? 0;
    if (many === 0) return null;
    const words = integrationsTexts[status](many);
    return (
      <UnstyledButton
        className={classes.count}
        aria-label={integrationsTexts.waitingFor(words, name)}
        onClick={() => onWaiting(status)}
      >
        <ToneBadge tone={status === 'dead' ? 'bad' : 'idle'}>
          {words}
          <IconChevronRight size={12} aria-hidden />
        </ToneBadge>
      </UnstyledButton>
    );
  };
  return (
    <div className={classes.states}>
      <HealthBadge health={health} />
      {count('dead')}
      {count('held')}
    </div>
  );
}
