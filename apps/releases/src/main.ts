import { runService } from '#libs/http';
import { ReleasesModule } from './app.module.js';
import { ReleasesSettings } from './releases.config.js';

await runService({
  name: 'releases',
  settings: ReleasesSettings,
  module: (context) => ReleasesModule.forContext(context),
});
