import { describe, expect, it } from 'vitest';
import {
  encodeReleaseEvent,
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
    expect(parseReleaseEvent({ value: Buffer.from(JSON.stringify(structured)), headers })).toEqual(event);
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
    ['an unknown type', { headers: { ...record.headers, ce_type: 'release.deleted' } }],
    ['no id', { headers: { ...record.headers, ce_id: '' } }],
    ['a time that is none', { headers: { ...record.headers, ce_time: 'yesterday' } }],
    ['a time that no database holds', { headers: { ...record.headers, ce_time: '+012026-01-01T00:00:00Z' } }],
  ])('is refused with %s', (_name, change) => {
    expect(() => parseReleaseEvent({ ...record, ...change })).toThrow(UnreadableEvent);
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
