import { Type, type Static } from 'typebox';
import { checkShape, parseJson, type EncodedRecord, type RawRecord } from './contract.js';
import { cloudEventHeaders } from './cloud-event.js';
import { UnknownVocabulary, UnreadableEvent } from './unreadable-event.js';
import { ENVIRONMENTS, EVENT_TYPES, oneOf, type EventType } from './vocabulary.js';

/** Characters (code points) that they may have. */
export const MAX_VERSION = 64;
export const MAX_DESCRIPTION = 4_000;

const Environment = oneOf(ENVIRONMENTS);
const PERCENT = { minimum: 0, maximum: 100 };
const Rollout = Type.Integer(PERCENT);

/** The JSON value of a `release.events` record: everything about the change but its id, type and time. */
export const ReleaseEventData = Type.Object({
  organizationId: Type.String({ minLength: 1, maxLength: 64, description: 'The organization that it belongs to' }),
  project: Type.Object(
    {
      id: Type.String({ format: 'uuid', description: 'Stays when the project is renamed' }),
      name: Type.String({ minLength: 1, maxLength: 200, description: 'As it was called when it happened' }),
    },
    { description: 'The project of the release' },
  ),
  release: Type.Object(
    {
      id: Type.String({ format: 'uuid', description: 'The release in its environment: a promotion makes a new one' }),
      version: Type.String({
        minLength: 1,
        maxLength: MAX_VERSION,
        description: 'The version that the release was given',
      }),
      environment: oneOf(ENVIRONMENTS, { description: 'Where it is now' }),
      mandatory: Type.Boolean({ description: 'Every device has to take it before the app goes on' }),
      description: Type.Union([Type.Null(), Type.String({ maxLength: MAX_DESCRIPTION })], {
        description: 'What is new, as it was typed; null where nothing was. A test begins with [TEST]',
      }),
      rolloutPercentage: Type.Integer({
        ...PERCENT,
        description: 'The share of devices that it is offered to, in percent',
      }),
      revision: Type.Integer({
        minimum: 1,
        description: 'Grows with every change of the release, also over a promotion: drop what is older',
      }),
    },
    { description: 'The release as it is after the change' },
  ),
  previous: Type.Union(
    [
      Type.Null(),
      Type.Object({
        environment: Type.Union([Type.Null(), Environment], {
          description: 'The environment it was promoted from; null where that did not change',
        }),
        rolloutPercentage: Type.Union([Type.Null(), Rollout], {
          description: 'The rollout before, in percent; null where that did not change',
        }),
      }),
    ],
    { description: 'How it was before; null for release.created' },
  ),
  actor: Type.Object(
    {
      id: Type.String({ maxLength: 200, description: 'Who did it, as the identity provider names them' }),
      name: Type.String({ maxLength: 200, description: 'Their name, for people' }),
    },
    { description: 'The person who did it' },
  ),
  /** Where a publisher leaves it out, delivery makes it from ADMIN_BASE_URL. */
  url: Type.Optional(
    Type.String({ format: 'uri', maxLength: 2000, description: 'Link to the release in the web console' }),
  ),
});
export type ReleaseEventData = Static<typeof ReleaseEventData>;

/** A release event as other records carry it whole: the data with the attributes that were headers. */
export const ReleaseEventSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  /** Who sent it, where that was not the releases service. */
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  type: oneOf(EVENT_TYPES),
  time: Type.String({ format: 'date-time' }),
  data: ReleaseEventData,
});

/**
 * A release reached an environment, moved up, or changed its rollout. Sent by apps/releases, once per change;
 * other release services may send it too.
 */
export interface ReleaseEvent {
  /** The CloudEvents id: the same however often the event is published. */
  id: string;
  /** The CloudEvents source of another publisher: its ids may be the same as ours. Missing where it is ours, or where none was said. */
  source?: string;
  type: EventType;
  /** ISO 8601. */
  time: string;
  data: ReleaseEventData;
}

export const RELEASE_EVENTS = {
  topic: 'release.events',
  deadLetterTopic: 'release.events.dlq',
  schema: ReleaseEventData,
  /** Keeps one project's events in order. */
  key: (data: { project: { id: string } }) => data.project.id,
} as const;

/** The source of our own events. */
export const RELEASES_SOURCE = '/nitropush/releases';

const MAX_EVENT_ID = 100;
const MAX_SOURCE = 500;
const MAX_WORD = 100;

/**
 * Reads a record of `release.events`, in CloudEvents binary or structured mode.
 * @throws UnknownVocabulary where its type or an environment is not known here, UnreadableEvent naming what else is wrong
 */
export function parseReleaseEvent(record: RawRecord): ReleaseEvent {
  const structured = (record.headers['content-type'] ?? '').toLowerCase().startsWith('application/cloudevents');
  const json = parseJson(record.value) as Record<string, unknown> | null;
  const attribute = (name: string): unknown => (structured ? json?.[name] : record.headers[`ce_${name}`]);
  const type = eventType(attribute('type'));
  const id = eventId(attribute('id'));
  const source = eventSource(attribute('source'));
  const time = eventTime(attribute('time'));
  const data = withPlainIds(eventData(structured ? json?.['data'] : json));
  return source === undefined ? { id, type, time, data } : { id, source, type, time, data };
}

/** An event whose project's name is not known yet. */
export interface UnnamedReleaseEvent extends Omit<ReleaseEvent, 'data'> {
  data: Omit<ReleaseEventData, 'project'> & { project: { id: string } };
}

/** A record but for the name of the project, which goes, as JSON, between the two parts of the value. */
export type UnnamedRecord = Omit<EncodedRecord, 'value'> & { value: readonly [before: string, after: string] };

/** Writes a `release.events` record in binary mode. */
export const encodeReleaseEvent = (event: ReleaseEvent, source: string): EncodedRecord =>
  named(encodeUnnamedReleaseEvent(event, source), event.data.project.name);

/** Encodes an event for a statement that reads the project's name while it inserts. */
export function encodeUnnamedReleaseEvent(event: UnnamedReleaseEvent, source: string): UnnamedRecord {
  const { id, type, time, data } = event;
  const { project, ...rest } = data;
  return {
    key: RELEASE_EVENTS.key(data),
    value: [`${JSON.stringify(rest).slice(0, -1)},"project":{"id":${JSON.stringify(project.id)},"name":`, '}}'],
    headers: cloudEventHeaders({ id, type, time, source, subject: data.release.id }),
  };
}

export const named = <R extends UnnamedRecord>(record: R, name: string): Omit<R, 'value'> & { value: string } => ({
  ...record,
  value: record.value.join(JSON.stringify(name)),
});

function eventId(value: unknown): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= MAX_EVENT_ID && !value.includes('.'))
    return value;
  throw new UnreadableEvent(`ce_id must be 1 to ${MAX_EVENT_ID} characters without a dot`);
}

function eventType(value: unknown): EventType {
  const type = EVENT_TYPES.find((known) => known === value);
  if (type) return type;
  if (isWord(value)) throw new UnknownVocabulary('type', value);
  throw new UnreadableEvent(`ce_type must be one of ${EVENT_TYPES.join(', ')}`);
}

/** Compared as it is written, capitals and all: CloudEvents says no more of it than that it names who sent the event. */
function eventSource(value: unknown): string | undefined {
  if (value === undefined || value === '' || value === RELEASES_SOURCE) return undefined;
  // oxlint-disable-next-line no-control-regex -- those are what it must not hold
  if (typeof value === 'string' && value.length <= MAX_SOURCE && !/[\u0000-\u001f\u007f]/.test(value)) return value;
  throw new UnreadableEvent(`ce_source must be at most ${MAX_SOURCE} characters, none of them a control character`);
}

/** A shape that is right but for an environment that is not known is a newer sender's, not a mistake. */
function eventData(value: unknown): ReleaseEventData {
  try {
    return checkShape(ReleaseEventData, value);
  } catch (error) {
    const word = unknownEnvironment(value);
    throw word === undefined ? error : new UnknownVocabulary('environment', word);
  }
}

/** The environment that is all that is wrong with the data; undefined where anything else is. */
function unknownEnvironment(value: unknown): string | undefined {
  if (!isObject(value) || !isObject(value['release'])) return undefined;
  const previous = isObject(value['previous']) ? value['previous'] : undefined;
  const words = [value['release']['environment'], previous?.['environment']];
  const unknown = words.filter((word) => isWord(word)).find((word) => !ENVIRONMENTS.some((known) => known === word));
  if (unknown === undefined) return undefined;
  const known = (word: unknown): unknown => (isWord(word) ? ENVIRONMENTS[0] : word);
  const otherwise = {
    ...value,
    release: { ...value['release'], environment: known(words[0]) },
    previous: previous ? { ...previous, environment: known(words[1]) } : value['previous'],
  };
  try {
    checkShape(ReleaseEventData, otherwise);
    return unknown;
  } catch {
    return undefined; // what is wrong with it is said by the first error
  }
}

const isWord = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_WORD && /^[\w.:/-]+$/.test(value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What every database and dashboard can hold. */
const EARLIEST = Date.parse('1970-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59Z');

function eventTime(value: unknown): string {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  if (time >= EARLIEST && time <= LATEST) return new Date(time).toISOString();
  throw new UnreadableEvent('ce_time must be an ISO 8601 time between 1970 and 9999');
}

/** Ids are compared as texts, and others may write them in capitals. */
function withPlainIds(data: ReleaseEventData): ReleaseEventData {
  const { project, release } = data;
  return {
    ...data,
    project: { ...project, id: project.id.toLowerCase() },
    release: { ...release, id: release.id.toLowerCase() },
  };
}
