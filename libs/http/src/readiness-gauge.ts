import { Gauge, type Registry } from '#libs/observability';
import type { Readiness } from './readiness.js';

/** `service_ready{check}`: 1 or 0 for each check of `/health/ready`, no value where the check cannot tell. */
export function measureReadiness(readiness: Readiness, registry: Registry): void {
  new Gauge({
    name: 'service_ready',
    help: 'Whether a check of /health/ready holds',
    labelNames: ['check'],
    registers: [registry],
    async collect() {
      const states = await readiness.states();
      this.reset();
      for (const [check, state] of states) if (state !== 'unknown') this.set({ check }, state === 'up' ? 1 : 0);
    },
  });
}
