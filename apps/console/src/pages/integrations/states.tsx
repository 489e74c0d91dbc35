import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Integration } from '../../api/types.js';
import { useRefusal } from '../../auth/permissions.js';
import { AsOf } from '../../components/as-of.js';
import { HealthBadge } from '../../components/health-badge.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { integrationsTexts } from '../../texts/integrations.js';
import type { Waiting } from '../deliveries/ended.js';
import { overlapOf } from './overlap.js';
import classes from './integrations-table.module.css';

interface Props {
  integration: Integration;
  onWaiting: (status: Waiting) => void;
  /** Who gets its mails is in its dialog. */
  onRecipients: () => void;
}

/** How it fares, and what waits for somebody: a click leads to what can be done about that. */
export function States({ integration, onWaiting, onRecipients }: Props) {
  const { name, health, enabled, counts, statusFreshness } = integration;
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
      <HealthBadge health={health} enabled={enabled} />
      {count('dead')}
      {count('held')}
      <SameTarget integration={integration} />
      <RecipientStates integration={integration} onRecipients={onRecipients} />
      <AsOf freshness={statusFreshness} />
    </div>
  );
}

/** Others that lead to the same target, where some messages are there twice: a click leads to what those are. */
function SameTarget({ integration }: Pick<Props, 'integration'>) {
  const texts = integrationsTexts.twin;
  const twins = integration.sameTarget.filter((twin) => overlapOf(integration, twin) !== undefined);
  if (twins.length === 0) return null;
  return (
    <Link to={`/integrations/${integration.id}`} className={classes.count}>
      <ToneBadge tone="warn">{twins.length === 1 ? texts.badge(twins[0]!.name) : texts.badges(twins.length)}</ToneBadge>
    </Link>
  );
}

/** Who of its recipients gets no mails: a click leads to who they are, for those who may see it. */
function RecipientStates({ integration: { name, recipients }, onRecipients }: Omit<Props, 'onWaiting'>) {
  const refused = useRefusal('manage-integrations') !== undefined;
  const { total = 0, unconfirmed = 0, unsubscribed = 0 } = recipients ?? {};
  if (unconfirmed + unsubscribed === 0) return null;
  const badges = (
    <>
      {unconfirmed > 0 && (
        <ToneBadge tone="warn">{integrationsTexts.recipients.unconfirmed(unconfirmed, total)}</ToneBadge>
      )}
      {unsubscribed > 0 && <ToneBadge tone="idle">{integrationsTexts.recipients.unsubscribed(unsubscribed)}</ToneBadge>}
    </>
  );
  if (refused) return badges;
  return (
    <UnstyledButton
      className={`${classes.count} ${classes.states}`}
      aria-label={integrationsTexts.recipients.of(name)}
      onClick={onRecipients}
    >
      {badges}
    </UnstyledButton>
  );
}
