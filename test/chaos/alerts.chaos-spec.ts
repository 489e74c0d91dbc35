import { afterEach, describe, expect, it } from 'vitest';
import { Api, type Integration } from '../e2e/support/api.js';
import { Channel } from '../e2e/support/channel.js';
import { eventually } from '../support/eventually.js';
import type { Receiver } from '../support/receiver.js';
import { allReady, kill, startAnother, stopOthers } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

const receive = receiversOfEachTest();
afterEach(async () => {
  await allReady();
});

interface AlertBody {
  type: string;
  timestamp: string;
  data: {
    eventId: string;
    change: number;
    since: string;
    reason: string | null;
    destination: { id: string; name: string; provider: string };
  };
}

const bodies = (receiver: Receiver): AlertBody[] => receiver.received.map(({ body }) => JSON.parse(body) as AlertBody);
const alertsOf = (receiver: Receiver): AlertBody[] =>
  bodies(receiver).filter(({ type }) => type.startsWith('destination.'));
const typesAt = (receiver: Receiver): string[] =>
  alertsOf(receiver).map(({ type }) => type.replace('destination.', ''));
const SLOW = { timeout: 240_000 };
const wait = { everyMs: 100 };

/** An integration that is alerted, and no release: its route chooses an event that no test makes. */
const alerted = (api: Api, url: string, more: Record<string, unknown> = {}): Promise<Integration> =>
  api.webhook(url, { name: 'Alerts', alerts: true, eventTypes: ['release.rollout_changed'], ...more });

/** Refused once, delivered by a redelivery; every change has been alerted of once its alert came. */
async function redeliver(api: Api, integrationId: string): Promise<void> {
  await api.must('POST', '/deliveries/redeliver', { integrationId, statuses: ['dead'] });
}

describe('alerts', () => {
  it(
    'say that a channel is disconnected and that it works again, once each, to all who ask but not to itself',
    SLOW,
    async () => {
      const api = await Api.signIn();
      const project = await api.project();
      const [first, second, silent] = [await receive(), await receive(), await receive()];
      await alerted(api, first.url);
      await alerted(api, second.url, { projectId: project.id });
      await api.webhook(silent.url);
      const channel = Channel.fresh('slack');
      const id = await channel.connect(api, { projectId: project.id, name: 'The team' });
      await api.must('PATCH', `/integrations/${id}`, { alerts: true });
      await channel.behave({ mode: 'revoked' });
      await api.release(project.id, '1.0.0');
      await eventually(() => {
        expect([typesAt(first), typesAt(second)]).toEqual([['disconnected'], ['disconnected']]);
      }, wait);
      const [alert] = alertsOf(first);
      expect(alert!.data).toMatchObject({
        destination: { id, name: 'The team', provider: 'slack' },
        change: 1,
        reason: expect.stringMatching(/Slack/) as string,
      });
      expect(alertsOf(second)[0]!.data.eventId).toBe(alert!.data.eventId);

      await api.release(project.id, '1.0.1'); // refused without a call: no change
      await channel.behave({ mode: 'ok' });
      await api.must('POST', `/integrations/${id}/test`, {});
      await eventually(() => {
        expect([typesAt(first), typesAt(second)]).toEqual([
          ['disconnected', 'recovered'],
          ['disconnected', 'recovered'],
        ]);
      }, wait);
      expect(alertsOf(first)[1]!.data).toMatchObject({ change: 2, reason: null, since: alert!.data.since });
      expect(typesAt(silent)).toEqual([]);
      expect((await channel.titles()).filter((title) => /disconnected|works again/.test(title))).toEqual([]);
    },
  );

  it('say in a channel which destination keeps failing, since when and why', SLOW, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const channel = Channel.fresh('slack');
    const ops = await channel.connect(api, { projectId: null, name: '#ops' });
    await api.must('PATCH', `/integrations/${ops}`, { alerts: true, eventTypes: ['release.rollout_changed'] });
    const broken = await receive(() => 500);
    const hook = await api.webhook(broken.url, { name: 'Build server' });
    await api.release(project.id, '1.0.0');
    await eventually(async () => expect(await channel.titles()).toEqual(['Build server keeps failing']), wait);
    const text = JSON.stringify((await channel.state()).items[0]!.payload);
    expect(text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(text).toContain(`/integrations/${hook.id}`);
    expect(text).toMatch(/failed \(500\)/);
    const alert = { eventType: 'destination.failing', status: 'delivered', projectId: null, version: null };
    await eventually(async () => expect(await api.deliveries({ integrationId: ops })).toMatchObject([alert]), wait);

    broken.answerWith(() => 200);
    await redeliver(api, hook.id);
    await eventually(
      async () => expect(await channel.titles()).toEqual(['Build server keeps failing', 'Build server works again']),
      wait,
    );
  });

  it('that fail themselves are retried and become dead letters, and nobody is alerted of that', SLOW, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const [deaf, well] = [await receive(() => 410), await receive()];
    const dead = await alerted(api, deaf.url);
    await alerted(api, well.url);
    const broken = await receive(() => 410);
    const gone = await api.webhook(broken.url, { name: 'Gone' });
    await api.release(project.id, '1.0.0');
    await api.release(project.id, '1.0.1');
    await eventually(() => expect(typesAt(well)).toEqual(['disconnected']), wait);
    await eventually(
      async () => expect(await api.deliveries({ integrationId: dead.id, status: 'dead' })).toHaveLength(1),
      wait,
    );
    expect((await api.integration(dead.id)).health).toBe('unknown'); // a failed alert is not held against its destination
    broken.answerWith(() => 200);
    await api.must('POST', `/integrations/${gone.id}/test`, {});
    await eventually(() => expect(typesAt(well)).toEqual(['disconnected', 'recovered']), wait);
    expect(alertsOf(well).map(({ data }) => data.destination.name)).toEqual(['Gone', 'Gone']);
  });

  it('go to an integration of one project for destinations of that project only', SLOW, async () => {
    const api = await Api.signIn();
    const [mine, other] = [await api.project('iOS'), await api.project('Android')];
    const [all, one] = [await receive(), await receive()];
    await alerted(api, all.url);
    await alerted(api, one.url, { projectId: mine.id });
    const broken = await receive(() => 500);
    await api.webhook(broken.url, { name: 'Android', projectId: other.id });
    await api.release(other.id, '1.0.0');
    await eventually(() => expect(typesAt(all)).toEqual(['failing']), wait);
    await api.webhook(broken.url, { name: 'iOS', projectId: mine.id });
    await api.release(mine.id, '1.0.0');
    await eventually(() => expect(typesAt(one)).toEqual(['failing']), wait);
    expect(alertsOf(one).map(({ data }) => data.destination.name)).toEqual(['iOS']);
  });

  it('are neither lost nor doubled where delivery is killed around the change', SLOW, async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const watch = await receive();
    await alerted(api, watch.url);
    const names = Array.from({ length: 8 }, (_, n) => `Gone ${n}`);
    const broken = await receive(() => 410);
    for (const name of names) await api.webhook(`${broken.url}/${encodeURIComponent(name)}`, { name });
    await api.release(project.id, '1.0.0');
    await api.release(project.id, '1.0.1');
    const health = async (): Promise<number> =>
      (await api.must<{ items: Integration[] }>('GET', '/integrations?limit=100')).items.filter(
        ({ health: now }) => now === 'needs_reconnect',
      ).length;
    await eventually(async () => expect(await health()).toBeGreaterThan(0), { ...wait, everyMs: 5 });
    await kill('delivery');
    await allReady();
    await eventually(
      () => expect([...new Set(alertsOf(watch).map(({ data }) => data.destination.name))].toSorted()).toEqual(names),
      wait,
    );
    const ids = (): Set<unknown> => new Set(watch.received.map(({ headers }) => headers['webhook-id']));
    const changes = new Set(alertsOf(watch).map(({ data }) => `${data.destination.id} ${data.change}`));
    expect(ids().size).toBe(changes.size); // what was posted twice around a kill has the same id
    await eventually(async () => {
      const delivered = await api.deliveries({ status: 'delivered' });
      expect(new Set(delivered.map(({ id }) => id))).toEqual(ids());
    }, wait);
  });

  it('are sent by one of several instances', SLOW, async () => {
    await startAnother('delivery');
    try {
      const api = await Api.signIn();
      const project = await api.project();
      const watch = await receive();
      await alerted(api, watch.url);
      const broken = await receive(() => 500);
      for (let n = 0; n < 6; n += 1) await api.webhook(`${broken.url}/${n}`, { name: `Hook ${n}` });
      await api.release(project.id, '1.0.0');
      await eventually(() => expect(alertsOf(watch).length).toBeGreaterThanOrEqual(6), wait);
      broken.answerWith(() => 200);
      const hooks = (await api.must<{ items: Integration[] }>('GET', '/integrations?limit=100')).items;
      for (const { id } of hooks) await redeliver(api, id);
      await eventually(() => expect(typesAt(watch).filter((type) => type === 'recovered')).toHaveLength(6), wait);
      expect(typesAt(watch).filter((type) => type === 'failing')).toHaveLength(6);
    } finally {
      await stopOthers('delivery');
    }
  });
});
