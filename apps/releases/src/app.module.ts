import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDatabaseChecks, databaseModule } from '#libs/database';
import { Readiness } from '#libs/http';
import { ProjectEntity } from './projects/project.entity.js';
import { ProjectsModule } from './projects/projects.module.js';
import { RELEASES_MIGRATIONS } from './releases-migrations.js';
import { ReleaseEntity } from './releases/release.entity.js';
import { ReleasesModule } from './releases/releases.module.js';

@Module({
  imports: [
    databaseModule({ entities: [ProjectEntity, ReleaseEntity], migrations: RELEASES_MIGRATIONS }),
    ProjectsModule,
    ReleasesModule,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, dataSource: DataSource) {
    addDatabaseChecks(readiness, dataSource);
  }
}
