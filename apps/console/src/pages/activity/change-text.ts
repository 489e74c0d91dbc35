import type { Schema } from '../../api/client.js';
import { activityTexts } from '../../texts/activity.js';
import { commonTexts } from '../../texts/common.js';

type Change = Schema<'ActivityChange'>;

/** "Environments: all → Production"; without what there was before where that is nothing. */
export function changeText({ field, before, after }: Change, projects: ReadonlyMap<string, string>): string {
  const shown = (value: string | null): string => valueText(field, value, projects);
  const from = before === null && !(field in activityTexts.nothing) ? '' : `${shown(before)} → `;
  if (field === 'credentials' && before === after) return `${activityTexts.field(field)}: ${shown(after)}`;
  return `${activityTexts.field(field)}: ${from}${shown(after)}`;
}

function valueText(field: string, value: string | null, projects: ReadonlyMap<string, string>): string {
  if (value === null) return activityTexts.nothing[field] ?? '–';
  if (field === 'projectId') return projects.get(value) ?? activityTexts.deletedProject;
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
