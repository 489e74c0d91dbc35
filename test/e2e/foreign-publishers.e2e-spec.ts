import '#libs/kafka'; // before the client, parts of which it replaces
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { followDeadLetters, type DeadLetter } from './support/dead-letters.js';
import { foreignStories } from './support/foreign-story.js';
import { foreignRecord } from './support/publisher.js';

const { publisher, begin } = foreignStories();

describe('a publisher that is not ours', () => {
  it('may compress what it sends', async () => {
    const { api, project, versions } = await begin();
    const records = Array.from({ length: 50 }, (_, n) => foreignRecord(api, project, `1.${n}`));
    await publisher().sendAll(records, kafkajs.CompressionTypes.GZIP);
    await eventually(() => expect(versions()).toHaveLength(50));
  });

  it('may choose partitions as it likes, with a key or without', async () => {
    const { api, project, versions } = await begin();
    const records = Array.from({ length: 12 }, (_, partition) => ({
      ...foreignRecord(api, project, `1.${partition}`),
      key: partition % 2 === 0 ? null : 'anything',
      partition,
    }));
    await publisher().sendAll(records);
    await eventually(() => expect(versions().toSorted()).toEqual(records.map((_, n) => `1.${n}`).toSorted()));
  });

  it('may send the same event again, on another partition too: nobody is notified twice', async () => {
    const { api, project, versions } = await begin();
    const record = foreignRecord(api, project, '1.0');
    await publisher().sendAll([0, 5, 11, 5].map((partition) => ({ ...record, partition })));
    await publisher().sendAll([{ ...foreignRecord(api, project, '1.1'), partition: 5 }]);
    await eventually(() => expect(versions()).toContain('1.1'));
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(2));
    expect(versions().toSorted()).toEqual(['1.0', '1.1']);
  });

  it('may write in structured mode, its media type in capitals', async () => {
    const { api, project, versions } = await begin();
    const { key, value } = foreignRecord(api, project, '1.0');
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: '/elsewhere',
      type: 'release.created',
      time: '2026-11-26T10:00:00.123456789+01:00',
      data: JSON.parse(value) as unknown,
    };
    const headers = { 'content-type': 'Application/CloudEvents+JSON; charset=UTF-8' };
    await publisher().sendAll([{ key, value: JSON.stringify(event), headers }]);
    await eventually(() => expect(versions()).toEqual(['1.0']));
  });

  it('may leave out its source and the media type', async () => {
    const { api, project, versions } = await begin();
    const record = foreignRecord(api, project, '1.0');
    for (const name of ['ce_source', 'content-type', 'ce_specversion']) delete record.headers[name];
    await publisher().sendAll([record]);
    await eventually(() => expect(versions()).toEqual(['1.0']));
  });

  it('may speak of a project that nobody created here', async () => {
    const { api, versions } = await begin();
    await publisher().sendAll([foreignRecord(api, { ...(await api.project()), id: randomUUID() }, '1.0')]);
    await eventually(() => expect(versions()).toEqual(['1.0']));
  });
});

describe('a record of a publisher that is not ours', () => {
  const UP_TO = 850_000;
  let deadLetters: DeadLetter[];
  let stop = (): Promise<void> => Promise.resolve();
  beforeAll(async () => ({ deadLetters, stop } = await followDeadLetters('release.events.dlq')));
  afterAll(() => stop());

  it(`may have ${UP_TO} bytes`, async () => {
    const { api, project, versions } = await begin();
    const empty = foreignRecord(api, project, '1.0', { data: { more: '' } });
    const more = 'x'.repeat(UP_TO - JSON.stringify(empty).length);
    await publisher().sendAll([foreignRecord(api, project, '1.0', { data: { more } })]);
    await eventually(() => expect(versions()).toEqual(['1.0']));
  });

  it.each<[string, (record: ReturnType<typeof foreignRecord>) => void, string]>([
    [
      'is too large',
      (one) => (one.value = one.value.replace('{', `{"more":"${'x'.repeat(950_000)}",`)),
      'RecordTooLarge',
    ],
    ['has no id', (one) => delete one.headers['ce_id'], 'unreadable'],
    ['has a dot in its id', (one) => (one.headers['ce_id'] = 'build.7'), 'unreadable'],
    ['has no time', (one) => delete one.headers['ce_time'], 'unreadable'],
    ['has a version that is too long', (one) => (one.value = one.value.replace('1.0', '1'.repeat(65))), 'unreadable'],
    ['is Avro', (one) => (one.value = '\u0000\u0000Obj'), 'unreadable'],
  ])('that %s is set aside with the reason, and the next one is delivered', async (_fault, spoil, code) => {
    const { api, project, versions } = await begin();
    const record = foreignRecord(api, project, '1.0');
    spoil(record);
    await publisher().sendAll([record, foreignRecord(api, project, '1.1')]);
    await eventually(() => expect(versions()).toEqual(['1.1']));
    const { headers } = await eventually(() => {
      const found = deadLetters.find(({ key }) => key === project.id);
      expect(found).toBeDefined();
      return found!;
    });
    expect(headers).toMatchObject({ 'np-original-topic': 'release.events', 'np-error-code': code });
    expect(headers['np-error-reason']).toBeTruthy();
  });
});
