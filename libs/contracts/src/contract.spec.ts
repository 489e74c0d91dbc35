import { describe, expect, it } from 'vitest';
import {
  RELEASES_SOURCE,
  UnknownVocabulary,
  deliveryIdOf,
  encodeReleaseEvent,
  encodeUnnamedReleaseEvent,
  named,
  parseReleaseEvent,
  UnreadableEvent,
  uuidv7,
  type RawRecord,
  type ReleaseEvent,
} from './index.js';

const event: ReleaseEvent = {
  id: uuidv7(),
  type: 'release.created',
  time: '2026-11-23T10:00:00.000Z',
  data: {
    organizationId: 'org',
    project: { id: uuidv7(), name: 'NitroPush iOS' },
    release: {
      id: uuidv7(),
      version: '1.0.5',
      environment: 'prod',
      mandatory: false,
      description: null,
      rolloutPercentage: 100,
      revision: 1,
    },
    previous: null,
    actor: { id: 'u1', name: 'Ada' },
    url: 'https://nitropush.example/projects/1/releases/2',
  },
};
const encoded = encodeReleaseEvent(event, '/nitropush/releases');
const record: RawRecord & { value: Buffer } = { value: Buffer.from(encoded.value!), headers: encoded.headers };

describe('a release event', () => {
  it('reads back as it was written', () => expect(parseReleaseEvent(record)).toEqual(event));

  it.each(['say "hi"', '"}},{"', 'a\\nb', '$& $1', '\u2028', '🚀'])(
    'keeps the project name %j, also where it comes last',
    (name) => {
      const of = { ...event, data: { ...event.data, project: { ...event.data.project, name } } };
      const { key, value, headers } = named(encodeUnnamedReleaseEvent(event, RELEASES_SOURCE), name);
      expect(key).toBe(event.data.project.id);
      expect(parseReleaseEvent({ value: Buffer.from(value), headers })).toEqual(of);
    },
  );

  it('is read in structured mode too', () => {
    const structured = {
      specversion: '1.0',
      source: '/other',
      id: event.id,
      type: event.type,
      time: event.time,
      data: event.data,
    };
    const headers = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
    const read = (changes: object): ReleaseEvent =>
      parseReleaseEvent({ value: Buffer.from(JSON.stringify({ ...structured, ...changes })), headers });
    expect(read({})).toEqual({ ...event, source: '/other' });
    headers['content-type'] = 'Application/CloudEvents+JSON'; // media types know no case
    expect(read({})).toEqual({ ...event, source: '/other' });
    expect(read({ source: RELEASES_SOURCE })).toEqual(event);
    expect(() => read({ source: 7 })).toThrow(UnreadableEvent);
  });

  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['/nitropush/releases', undefined],
    ['/NitroPush/releases', '/NitroPush/releases'],
    ['/nitropush/releases/', '/nitropush/releases/'],
    ['https://ci.example/teams/42?x=1', 'https://ci.example/teams/42?x=1'],
    ['a'.repeat(500), 'a'.repeat(500)],
  ])('sent by %s carries the source %s', (header, source) => {
    const headers = { ...record.headers, ce_source: header } as Record<string, string>;
    if (header === undefined) delete headers['ce_source'];
    expect(parseReleaseEvent({ ...record, headers }).source).toBe(source);
  });

  it.each<[string, object, object, string]>([
    ['type', { ce_type: 'release.deleted' }, {}, 'release.deleted'],
    ['type', { ce_type: 'release.deleted' }, { project: undefined }, 'release.deleted'],
    ['environment', {}, { release: { ...event.data.release, environment: 'canary' } }, 'canary'],
    ['environment', {}, { previous: { environment: 'canary', rolloutPercentage: null } }, 'canary'],
  ])('of an unknown %s is of a newer sender, and not malformed', (vocabulary, headers, data, word) => {
    const change = {
      value: Buffer.from(JSON.stringify({ ...event.data, ...data })),
      headers: { ...record.headers, ...headers },
    };
    const read = (): ReleaseEvent => parseReleaseEvent(change);
    expect(read).toThrow(UnknownVocabulary);
    expect(read).toThrow(expect.objectContaining({ vocabulary, word }) as Error);
  });

  it.each<[string, Partial<RawRecord>]>([
    ['no value', { value: null }],
    ['not JSON', { value: Buffer.from('{') }],
    ['JSON null', { value: Buffer.from('null') }],
    ['a field missing', { value: Buffer.from(JSON.stringify({ ...event.data, project: undefined })) }],
    [
      'a rollout over 100',
      {
        value: Buffer.from(
          JSON.stringify({ ...event.data, release: { ...event.data.release, rolloutPercentage: 101 } }),
        ),
      },
    ],
    ['no type', { headers: { ...record.headers, ce_type: '' } }],
    ['a type that is no word', { headers: { ...record.headers, ce_type: 'release created!' } }],
    ['a source that is too long', { headers: { ...record.headers, ce_source: 'a'.repeat(501) } }],
    ['a source of several lines', { headers: { ...record.headers, ce_source: '/a\n/b' } }],
    [
      'an environment that is no word',
      { value: Buffer.from(JSON.stringify({ ...event.data, release: { ...event.data.release, environment: '' } })) },
    ],
    [
      'an unknown environment and a field missing',
      {
        value: Buffer.from(
          JSON.stringify({
            ...event.data,
            actor: undefined,
            release: { ...event.data.release, environment: 'canary' },
          }),
        ),
      },
    ],
    ['no id', { headers: { ...record.headers, ce_id: '' } }],
    ['a time that is not valid', { headers: { ...record.headers, ce_time: 'yesterday' } }],
    ['a time that no database holds', { headers: { ...record.headers, ce_time: '+012026-01-01T00:00:00Z' } }],
  ])('is refused with %s', (_name, change) => {
    const read = (): ReleaseEvent => parseReleaseEvent({ ...record, ...change });
    expect(read).toThrow(UnreadableEvent);
    expect(read).not.toThrow(UnknownVocabulary);
  });

  it('compares ids whatever their case', () => {
    const capitals = { ...event.data, project: { ...event.data.project, id: event.data.project.id.toUpperCase() } };
    expect(parseReleaseEvent({ ...record, value: Buffer.from(JSON.stringify(capitals)) }).data.project.id).toBe(
      event.data.project.id,
    );
  });

  it('ignores fields that it does not know', () => {
    const grown = { ...event.data, addedLater: 1 };
    expect(parseReleaseEvent({ ...record, value: Buffer.from(JSON.stringify(grown)) }).id).toBe(event.id);
  });
});

describe('the id of a delivery', () => {
  const integrationId = '0193a5c0-0000-7000-8000-000000000001';
  const id = (source?: string, of = '1001'): string =>
    deliveryIdOf(source === undefined ? { id: of } : { id: of, source }, integrationId);

  it('of our own events is what it has always been', () => expect(id()).toBe('4b029ea2-8b96-55ab-ab56-193e744b7617'));

  it('is one for each source and event, and the same each time', () => {
    const ids = [id(), id('/a'), id('/b'), id('/a', '1002'), id('/a1', '001'), id('1001', '/a')];
    ids.push(id(undefined, '/a\u00001001'), id('/a', '\u00001001'), id(undefined, '\u0000/a\u00001001'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(id('/a')).toBe(id('/a'));
  });
});
