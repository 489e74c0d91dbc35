import { Readiness, runService } from '#libs/http';
import { OutboxLifecycle } from '#libs/outbox';
import { ActivityServer } from './activity/activity.server.js';
import { AppModule } from './app.module.js';
import { IntegrationsSettings } from './integrations.config.js';

await runService({
  name: 'integrations',
  settings: IntegrationsSettings,
  module: AppModule,
  prepare: (app) => {
    app.get(Readiness).add('activity', () => app.get(ActivityServer).health === 'ready');
    return app.get(OutboxLifecycle).started();
  },
  strategies: (app) => [app.get(ActivityServer)],
});
