import { runService } from '#libs/http';
import { AppModule } from './app.module.js';
import { DeliverySettings } from './delivery.config.js';
import { Pipeline } from './pipeline.js';
import { PipelineLifecycle } from './pipeline.lifecycle.js';

await runService({
  name: 'delivery',
  settings: DeliverySettings,
  module: AppModule,
  prepare: (app) => app.get(PipelineLifecycle).prepare(),
  strategies: (app) => {
    const { routing, lateStates, sending, retries } = app.get(Pipeline);
    return [routing, lateStates, sending, retries];
  },
});
