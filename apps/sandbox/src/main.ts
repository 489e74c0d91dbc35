import { runService } from '#libs/http';
import { SandboxSettings } from './sandbox.config.js';
import { sandboxService } from './sandbox.service.js';

await runService({ name: 'sandbox', settings: SandboxSettings, ...sandboxService });
