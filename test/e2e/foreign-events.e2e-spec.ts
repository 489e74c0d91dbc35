import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Api, type Delivery } from './support/api.js';
import { foreignStories } from './support/foreign-story.js';
import { metric } from './support/metrics.js';

const DAY = 86_400_000;

const { publisher, begin } = foreignStories();

const routed = (result: string): Promise<number> => metric('delivery', `routing_events_total{result="${result}"`);

describe('an event of another publisher', () => {
  it('is known by its source and its id: the same id of two sources is two events', async () => {
    const { api, project, versions } = await begin();
    const said = (ce_source: string, time = new Date()): { headers: Record<string, string> } => ({
      headers: { ce_id: '1001', ce_source, ce_time: time.toISOString() },
    });
    await publisher().publish(api, project, 'a', said('/a'));
    await publisher().publish(api, project, 'b', said('/b'));
    await publisher().publish(api, project, 'a again', said('/a', new Date(Date.now() + 1_000)));
    await publisher().publish(api, project, 'a late', said('/a', new Date(Date.now() - 40 * DAY)));
    await publisher().publish(api, project, 'last');
    await eventually(() => expect(versions()).toContain('last'));
    expect(versions()).toEqual(['a', 'b', 'last']);
    const deliveries = await eventually(async () => {
      const found = await api.deliveries({ status: 'delivered' });
      expect(found).toHaveLength(3);
      return found;
    });
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(3);
    expect(deliveries.filter(({ eventId }) => eventId === '1001')).toHaveLength(2);
  });

  it('of ours that is sent again on purpose is known again, also where its clock was ahead the first time', async () => {
    const { api, project, versions } = await begin();
    const said = (time: number, more: Record<string, string> = {}): { headers: Record<string, string> } => ({
      headers: { ce_id: id, ce_source: '/nitropush/releases', ce_time: new Date(time).toISOString(), ...more },
    });
    const id = crypto.randomUUID();
    await publisher().publish(api, project, 'first', said(Date.now() + 600_000));
    await publisher().publish(api, project, 'again', said(Date.now(), { 'np-resent': 'true' }));
    await publisher().publish(api, project, 'last');
    await eventually(() => expect(versions()).toContain('last'));
    expect(versions()).toEqual(['first', 'last']);
  });

  it('is listed and kept by our time where its own is far from it, and shown with its own', async () => {
    const { api, project } = await begin();
    const old = new Date(Date.now() - 91 * DAY).toISOString();
    const from = Date.now();
    await publisher().publish(api, project, 'old', { headers: { ce_time: old } });
    await publisher().publish(api, project, 'far', { headers: { ce_time: '9999-01-01T00:00:00Z' } });
    await eventually(async () => expect(await api.deliveries({ status: 'delivered' })).toHaveLength(2));
    await api.release(project.id, '3.0');
    const listed = await eventually(async () => {
      const found = (await api.deliveries()) as (Delivery & { createdAt: string })[];
      expect(found).toHaveLength(3);
      expect(found[0]!.version).toBe('3.0');
      return found;
    });
    for (const { createdAt } of listed) {
      expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(from - 60_000);
      expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.now() + 60_000);
    }
    const one = await api.delivery(listed.find(({ version }) => version === 'old')!.id);
    expect(one.event).toMatchObject({ timestamp: old });
    expect(one.attempts).toHaveLength(1);
    expect(await metric('delivery', 'routing_event_times_total{kind="late"')).toBeGreaterThan(0);
    expect(await metric('delivery', 'routing_event_times_total{kind="ahead"')).toBeGreaterThan(0);
  });

  it('is redelivered under its own time, once for each asking', async () => {
    const { api, project, received, versions } = await begin();
    await publisher().publish(api, project, 'old', { headers: { ce_time: '2020-01-01T00:00:00Z' } });
    const [{ id }] = (await eventually(async () => {
      const found = await api.deliveries({ status: 'delivered' });
      expect(found).toHaveLength(1);
      return found;
    })) as [Delivery];
    await api.must('POST', `/deliveries/${id}/redeliver`, {});
    await eventually(() => expect(versions()).toEqual(['old', 'old']));
    await eventually(async () =>
      expect(await api.delivery(id)).toMatchObject({ status: 'delivered', round: 2, attemptCount: 2 }),
    );
    expect(await api.deliveries()).toHaveLength(1);
    const stamps = received().map(({ body }) => (JSON.parse(body) as { timestamp: string }).timestamp);
    expect(stamps).toEqual(Array(2).fill('2020-01-01T00:00:00.000Z'));
  });

  it('that this build does not know is passed over and counted; a field that it does not know is ignored', async () => {
    const { api, project, versions } = await begin();
    const before = await Promise.all(['unknown_type', 'unknown_environment'].map(routed));
    await publisher().publish(api, project, 'type', { headers: { ce_type: 'release.archived' }, data: { project: 1 } });
    await publisher().publish(api, project, 'environment', { release: { environment: 'canary' } });
    await publisher().publish(api, project, 'field', {
      data: { addedLater: { deep: [1] } },
      release: { addedLater: 1 },
    });
    await eventually(() => expect(versions()).toEqual(['field']));
    await eventually(async () => expect(await api.deliveries()).toHaveLength(1));
    await eventually(async () => {
      const after = await Promise.all(['unknown_type', 'unknown_environment'].map(routed));
      expect(after[0]).toBeGreaterThan(before[0]!);
      expect(after[1]).toBeGreaterThan(before[1]!);
    });
  });

  it('that matches no integration is counted', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const before = await routed('unmatched');
    await publisher().publish(api, project, 'nobody');
    await eventually(async () => expect(await routed('unmatched')).toBeGreaterThan(before));
  });
});
