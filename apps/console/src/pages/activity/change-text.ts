import type { Schema } from '../../api/client.js';
import { activityTexts } from '../../texts/activity.js';
import { commonTexts } from '../../texts/common.js';

type Change = Schema<'ActivityChange'>;

/** How a destination begins where nobody says otherwise. */
const USUAL: Record<string, string> = { enabled: 'true', alerts: 'false' };

/** What is worth a line. A name that is new stands above, and of a new destination only what was chosen. */
export const isTold = ({ field, before, after }: Change, fresh: boolean): boolean =>
  field !== 'delivery' && (field !== 'name' || before !== null) && !(fresh && USUAL[field] === after);

/** "Environments: all → Production"; without what there was before where that is nothing, or where it is all new. */
export function changeText(
  { field, before, after }: Change,
  projects: ReadonlyMap<string, string> | undefined,
  fresh = false,
): string {
  const shown = (value: string | null): string => valueText(field, value, projects);
  const from = fresh || (before === null && !(field in activityTexts.nothing)) ? '' : `${shown(before)} → `;
  if (field === 'credentials' && before === after) return `${activityTexts.field(field)}: ${shown(after)}`;
  return `${activityTexts.field(field)}: ${from}${shown(after)}`;
}

function valueText(field: string, value: string | null, projects: ReadonlyMap<string, string> | undefined): string {
  if (value === null) return activityTexts.nothing[field] ?? '–';
  if (field === 'projectId')
    return projects ? (projects.get(value) ?? activityTexts.deletedProject) : commonTexts.notKnown;
  if (field === 'enabled' || field === 'alerts') return value === 'true' ? activityTexts.yes : activityTexts.no;
  if (field === 'rolloutPercentage') return `${value} %`;
  if (field === 'environment' || field === 'environments') return value.split(', ').map(environment).join(', ');
  if (field === 'statuses') return value.split(', ').map(status).join(', ');
  return value;
}

const NAMES: Record<string, string> = commonTexts.environments;
const STATUSES: Record<string, string> = commonTexts.status;
const status = (name: string): string => STATUSES[name] ?? name;
const environment = (name: string): string => NAMES[name] ?? name;
