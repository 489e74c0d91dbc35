import { Module } from '@nestjs/common';
import { ProjectsModule } from '../projects/projects.module.js';
import { releasesOutbox } from '../releases-outbox.js';
import { CurrentReleasesController } from './current-releases.controller.js';
import { ProjectReleasesController } from './project-releases.controller.js';
import { ReleaseCommands } from './release-commands.service.js';
import { ReleasesController } from './releases.controller.js';
import { ReleasesQueries } from './releases.queries.js';
import { Releases } from './releases.service.js';

@Module({
  imports: [releasesOutbox, ProjectsModule],
  controllers: [CurrentReleasesController, ProjectReleasesController, ReleasesController],
  providers: [ReleasesQueries, Releases, ReleaseCommands],
})
export class ReleasesModule {}
