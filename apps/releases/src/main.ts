import { runService } from '#libs/http';
import { AppModule } from './app.module.js';
import { ReleasesSettings } from './releases.config.js';

await runService({ name: 'releases', settings: ReleasesSettings, module: AppModule });
