import { isId } from '../../components/address.js';

export type Suggestion =
  | { kind: 'delivery'; id: string }
  | { kind: 'version'; version: string }
  | { kind: 'integrationId' | 'projectId'; id: string; name: string };

interface Named {
  id: string;
  name: string;
}

const MOST_NAMES = 6;
const MOST_OF_VERSION = 64;
const LOOKS_LIKE_VERSION = /^v?\d/i;

/** What a typed text may mean, the likeliest first. A version is always possible: the console does not know them all. */
export function suggestionsFor(text: string, integrations: readonly Named[], projects: readonly Named[]): Suggestion[] {
  const typed = text.trim();
  if (typed === '') return [];
  if (isId(typed)) return [{ kind: 'delivery', id: typed.toLowerCase() }];
  const named = [
    ...namesWith(typed, integrations).map((one) => ({ kind: 'integrationId' as const, ...one })),
    ...namesWith(typed, projects).map((one) => ({ kind: 'projectId' as const, ...one })),
  ];
  const versions = versionsIn(typed).map((version) => ({ kind: 'version' as const, version }));
  return LOOKS_LIKE_VERSION.test(typed) ? [...versions, ...named] : [...named, ...versions];
}

/** Those that begin with it come first. */
function namesWith(typed: string, things: readonly Named[]): Named[] {
  const wanted = typed.toLowerCase();
  const found = things.flatMap(({ id, name }) => {
    const at = name.toLowerCase().indexOf(wanted);
    return at === -1 ? [] : [{ id, name, late: Number(at > 0) }];
  });
  return found
    .sort((a, b) => a.late - b.late || a.name.localeCompare(b.name))
    .slice(0, MOST_NAMES)
    .map(({ id, name }) => ({ id, name }));
}

/** As it is typed; where that is `v1.8`, the version may well be called 1.8. */
function versionsIn(typed: string): string[] {
  if (typed.length > MOST_OF_VERSION) return [];
  return /^v\d/i.test(typed) ? [typed.slice(1), typed] : [typed];
}
