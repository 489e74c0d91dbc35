import { runService } from '#libs/http';
import { IntegrationsModule } from './app.module.js';
import { IntegrationsSettings } from './integrations.config.js';

await runService({
  name: 'integrations',
  settings: IntegrationsSettings,
  module: (context) => IntegrationsModule.forContext(context),
});
