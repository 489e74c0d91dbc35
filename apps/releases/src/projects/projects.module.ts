import { Module } from '@nestjs/common';
import { releasesOutbox } from '../releases-outbox.js';
import { ProjectsController } from './projects.controller.js';
import { Projects } from './projects.service.js';

@Module({ imports: [releasesOutbox], controllers: [ProjectsController], providers: [Projects], exports: [Projects] })
export class ProjectsModule {}
