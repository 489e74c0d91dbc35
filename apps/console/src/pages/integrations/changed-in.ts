import type { Draft, FieldValue } from './draft.js';

export type Changed = 'name' | 'connection' | 'route' | 'alerts' | 'owner' | 'note';

/** Which parts of a form are no longer as they were when it was opened. A field that is still empty is no change. */
export function changedIn(draft: Draft, initial: Draft): Changed[] {
  const same = (...fields: (keyof Draft)[]): boolean =>
    fields.every((field) => JSON.stringify(draft[field]) === JSON.stringify(initial[field]));
  const removed = Object.values(draft.edits).includes('remove');
  const typed = Object.entries(draft.values).some(
    ([name, value]) => !isEmpty(value) && JSON.stringify(value) !== JSON.stringify(initial.values[name]),
  );
  const parts: Record<Changed, boolean> = {
    name: !same('name'),
    connection: removed || typed,
    route: !same('projectId', 'eventTypes', 'environments'),
    alerts: !same('alerts'),
    owner: !same('owner'),
    note: !same('note'),
  };
  return (Object.keys(parts) as Changed[]).filter((part) => parts[part]);
}

const isEmpty = (value: FieldValue): boolean => typeof value !== 'number' && value.length === 0;
