import { commonTexts } from '../../texts/common.js';
import type { Integration } from '../../api/types.js';
import classes from './integrations-table.module.css';

/** Whose releases it hears of; events and environments only where they are narrowed. */
export function Route({ integration, project }: { integration: Integration; project: string }) {
  const narrowed = [
    integration.eventTypes.map((type) => commonTexts.events[type]).join(', '),
    integration.environments.map((environment) => commonTexts.environments[environment]).join(', '),
  ].filter((text) => text !== '');
  return (
    <div className={classes.stack} data-end>
      <span>{project}</span>
      {narrowed.length > 0 && <span className={classes.narrowed}>{narrowed.join(' · ')}</span>}
    </div>
  );
}
