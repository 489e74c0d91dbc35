import { Module } from '@nestjs/common';
import { Readiness } from '#libs/http';
import { integrationsOutbox } from '../integrations-outbox.js';
import { KnownProjects } from './known-projects.service.js';
import { ProjectStateReader } from './project-state.consumer.js';

@Module({
  imports: [integrationsOutbox],
  providers: [KnownProjects, ProjectStateReader],
  exports: [KnownProjects],
})
export class ProjectsModule {
  constructor(reader: ProjectStateReader, readiness: Readiness) {
    // the alarm: where it cannot be read to its end, new projects are unknown here; calls are taken all the same
    readiness.add('project-state', () => reader.ready);
  }
}
