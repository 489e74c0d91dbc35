import { runService } from '#libs/http';
import { GatewaySettings } from './gateway.config.js';
import { gatewayService } from './gateway.service.js';

await runService({ name: 'gateway', settings: GatewaySettings, ...gatewayService });
