import { opsPortOf } from '../../../tools/stack/ports.js';
import { stack } from './api.js';

/** The value of one line of a service's metrics, e.g. `routing_events_total{result="unmatched"`; 0 where it is not there. */
export async function metric(service: string, line: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${opsPortOf(service, stack().ports[service]!)}/metrics`)).text();
  const found = text.split('\n').find((one) => one.startsWith(line));
  return Number(found?.split(' ').at(-1) ?? 0);
}
