import { runService } from '#libs/http';
import { AppModule } from './app.module.js';
import { DeliverySettings } from './delivery.config.js';
import { ConsumerGroups } from './kafka/consumer-groups.js';
import { Startup } from './startup/startup.service.js';

await runService({
  name: 'delivery',
  settings: DeliverySettings,
  module: AppModule,
  prepare: (app) => app.get(Startup).prepare(),
  strategies: (app) => app.get(ConsumerGroups).servers,
});
