import type { DataSource } from 'typeorm';
import { Gauge, describeError, type Logger, type Registry } from '#libs/observability';

interface Counted {
  pending: number;
  oldestSeconds: number;
  setAside: number;
}

const COUNT = `
  SELECT count(*)::integer AS pending, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds",
    (SELECT count(*)::integer FROM outbox_set_aside) AS "setAside"
  FROM outbox`;

/** What the table says, from every instance of a service: they all tell the same. Nothing where the table cannot be asked. */
export function measureOutbox(dataSource: DataSource, registry: Registry, logger: Logger): void {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [] });
  const gauges: Record<keyof Counted, Gauge> = {
    pending: gauge('outbox_pending', 'Messages that wait to be published'),
    oldestSeconds: gauge('outbox_oldest_seconds', 'Age of the oldest message that waits'),
    setAside: gauge('outbox_set_aside', 'Messages that the brokers refuse for good'),
  };
  let counting: Promise<Counted | undefined> | undefined;
  const count = async (): Promise<Counted | undefined> => {
    try {
      return (await dataSource.query<Counted[]>(COUNT))[0];
    } catch (error) {
      logger.debug({ error: describeError(error) }, 'outbox.not-counted'); // the other metrics must be served
      return undefined;
    } finally {
      counting = undefined;
    }
  };
  for (const [name, one] of Object.entries(gauges) as [keyof Counted, Gauge][]) {
    Object.assign(one, {
      async collect(): Promise<void> {
        counting ??= count(); // all three are asked for in the same tick
        const counted = await counting;
        if (counted) one.set(counted[name]);
        else one.remove();
      },
    });
    registry.registerMetric(one);
  }
}
