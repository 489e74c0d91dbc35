import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export { Counter, Gauge, Histogram, Registry };

/** The event loop's lag is measured by a timer: one that fires a hundred times a second costs more than all else at rest. */
const EVENT_LOOP_PRECISION_MS = 100;

/** A service's own registry with the process's CPU, memory and event-loop figures in it. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION_MS });
  return registry;
}
