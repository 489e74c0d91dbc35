import { runService } from '#libs/http';
import { AppModule } from './app.module.js';
import { IntegrationsSettings } from './integrations.config.js';

await runService({
  name: 'integrations',
  settings: IntegrationsSettings,
  module: AppModule,
});
