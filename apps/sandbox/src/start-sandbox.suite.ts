import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadSettings } from '#libs/config';
import { createService } from '#libs/http';
import { createLogger, createRegistry } from '#libs/observability';
import { SandboxSettings } from './sandbox.config.js';
import { sandboxService } from './sandbox.service.js';

/** The sandbox as it runs, at a port of its own. */
export async function startSandbox(
  changes: Partial<SandboxSettings> = {},
): Promise<{ app: NestExpressApplication; origin: string }> {
  const app = await createService(sandboxService, {
    name: 'sandbox',
    settings: Object.assign(loadSettings(SandboxSettings, {}), changes),
    logger: createLogger('sandbox', 'error'),
    registry: createRegistry('sandbox'),
  });
  await app.listen(0, '127.0.0.1');
  return { app, origin: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}` };
}
