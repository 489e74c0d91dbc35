import { disordered } from './disordered.js';
import { doubles, type Doubles } from './doubles.js';
import type { Evidence, Hook, ListedRelease, Post } from './evidence.js';
import { eventsOf, type DueEvent } from './due-events.js';
import { taken } from './on-record.js';

export interface Verdict {
  calls: number;
  accepted: number;
  /** Calls by what they were answered with; `none` where nothing came. */
  answers: Record<string, number>;
  due: number;
  posts: number;
  /** Answered with a success, and not in the API's list. */
  vanished: string[];
  /** Accepted, to be posted, and never received. */
  lost: string[];
  /** Received, and of no release that the API lists. */
  phantoms: string[];
  doubled: Doubles;
  /** First attempts that came after one of a later release of the same project. */
  disordered: string[];
  /** Open at the end, by what the ledger says. */
  stuck: string[];
  /** Where the ledger and the receivers say different things. */
  disagreements: string[];
}

/** Compares what was called, what arrived, and what the API says. Nothing of it is taken from the product's code. */
export function verdictOf(evidence: Evidence): Verdict {
  const { calls, posts, releases, hooks, ledger } = evidence;
  const listed = new Map(releases.map((release) => [release.id, release]));
  const events = eventsOf(evidence);
  const received = new Set(posts.filter(taken).map((post) => keyOf(post.hook, post)));
  const due = events.flatMap((event) =>
    hooks.filter((hook) => mustReach(hook, event)).map((hook) => ({ hook, event, key: keyOf(hook.name, event) })),
  );
  const lost = due.filter(({ key }) => !received.has(key));
  const answers: Record<string, number> = {};
  for (const { status } of calls) answers[status ?? 'none'] = (answers[status ?? 'none'] ?? 0) + 1;
  return {
    calls: calls.length,
    accepted: calls.filter(({ release }) => release).length,
    answers,
    due: due.length,
    posts: posts.length,
    vanished: calls
      .filter(({ release }) => release && !(release.revision <= (listed.get(release.id)?.revision ?? 0)))
      .map(({ number, kind, release }) => `call ${number}: ${kind} of ${release!.id} at revision ${release!.revision}`),
    lost: lost.map(({ hook, event }) => `${describe(event)} for ${hook.name}`),
    phantoms: phantoms(posts, listed),
    doubled: doubles(evidence),
    disordered: disordered(evidence),
    stuck: ledger.filter(({ status }) => OPEN.has(status)).map(({ id, status }) => `${id} ${status}`),
    disagreements: disagreements(evidence),
  };
}

const OPEN = new Set(['pending', 'retrying', 'dead', 'held']); // each is resent at the end: none may stay

const keyOf = (hook: string, event: Pick<DueEvent, 'releaseId' | 'revision'>): string =>
  `${hook} ${event.releaseId} ${event.revision}`;

const describe = ({ eventType, releaseId, revision, version }: DueEvent): string =>
  `${eventType} ${version} (${releaseId}, revision ${revision})`;

/** An integration that was connected during the run must be told of what was called after the answer. */
function mustReach(hook: Hook, { projectId, environment, eventType, calledAt }: DueEvent): boolean {
  const all = (list: readonly string[], one: string): boolean => list.length === 0 || list.includes(one);
  return (
    (hook.projectId === null || hook.projectId === projectId) &&
    all(hook.environments, environment) &&
    all(hook.eventTypes, eventType) &&
    calledAt !== undefined &&
    calledAt > hook.answeredAt
  );
}

function phantoms(posts: Post[], listed: Map<string, ListedRelease>): string[] {
  const of = posts.filter(({ releaseId, revision }) => !(revision <= (listed.get(releaseId)?.revision ?? 0)));
  return of.map(({ hook, eventType, releaseId, revision }) => `${eventType} ${releaseId}@${revision} at ${hook}`);
}

function disagreements({ ledger, posts, hooks }: Evidence): string[] {
  const names = new Map(hooks.map(({ id, name }) => [id, name]));
  const arrived = new Map<string, boolean>();
  for (const post of posts) arrived.set(post.webhookId, taken(post) || arrived.get(post.webhookId) === true);
  const rows = new Map(ledger.map((row) => [row.id, row]));
  const wrong: string[] = [];
  for (const { id, integrationId, status } of ledger) {
    const at = names.get(integrationId) ?? integrationId;
    if (status === 'delivered' && !arrived.get(id)) wrong.push(`${id}: delivered, and ${at} never took it`);
    if (status === 'dropped') wrong.push(`${id}: dropped, and ${at} is connected`);
  }
  for (const [id, successful] of arrived) {
    const row = rows.get(id);
    if (!row) wrong.push(`${id}: received, and not in the ledger`);
    else if (successful && row.status !== 'delivered') wrong.push(`${id}: taken with a 2xx, and ${row.status}`);
  }
  return wrong;
}
