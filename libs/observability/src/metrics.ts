import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { standardOutput } from './log-output.js';

export { Counter, Gauge, Histogram, Registry };

/** The event loop's lag is measured by a timer: one that fires a hundred times a second costs more than all else at rest. */
const EVENT_LOOP_PRECISION_MS = 100;

/** A service's own registry with the process's CPU, memory and event-loop figures in it, and the log lines that nobody read. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION_MS });
  new Counter({
    name: 'log_lines_dropped_total',
    help: 'Log lines that were dropped because standard output was not read, or could not be written',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(standardOutput().dropped);
    },
  });
  return registry;
}
