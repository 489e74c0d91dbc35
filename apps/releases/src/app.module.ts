import type { DynamicModule, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TOPICS } from '#libs/contracts';
import { addDatabaseChecks, databaseModule } from '#libs/database';
import { Readiness, ServiceModule, type ServiceContext } from '#libs/http';
import { KafkaConnection, Publisher, connectionFor } from '#libs/kafka';
import { Outbox, outboxProviders } from '#libs/outbox';
import { RELEASES_MIGRATIONS } from './releases-migrations.js';
import { ProjectEntity } from './projects/project.entity.js';
import { ProjectsController } from './projects/projects.controller.js';
import { projectStates } from './projects/project-states.js';
import { Projects } from './projects/projects.service.js';
import { ProjectReleasesController } from './releases/project-releases.controller.js';
import { ReleaseCommands } from './releases/release-commands.service.js';
import { ReleaseEntity } from './releases/release.entity.js';
import { ReleasesController } from './releases/releases.controller.js';
import { ReleasesQueries } from './releases/releases.queries.js';
import { Releases } from './releases/releases.service.js';
import type { ReleasesSettings } from './releases.config.js';

type Context = ServiceContext<ReleasesSettings>;

const OWN_TOPICS = [TOPICS.releaseEvents, TOPICS.releaseEventsDlq, TOPICS.projectState, TOPICS.projectStateDlq];

/** The whole of the service, wired by hand. */
export class ReleasesModule {
  /** @param alone false where other databases write to the same state topic: then it is not kept as the table here is */
  static forContext(context: Context, { alone = true } = {}): DynamicModule {
    const { settings, logger } = context;
    return {
      module: ReleasesModule,
      imports: [
        ServiceModule.forContext(context),
        databaseModule({
          url: settings.databaseUrl,
          poolSize: settings.databasePool,
          migrateOnStart: settings.migrateOnStart,
          service: 'releases',
          entities: [ProjectEntity, ReleaseEntity],
          migrations: RELEASES_MIGRATIONS,
          logger,
        }),
      ],
      controllers: [ProjectReleasesController, ProjectsController, ReleasesController],
      providers: [...messaging(context, alone), ...domain(context)],
    };
  }
}

function messaging(context: Context, alone: boolean): Provider[] {
  const { settings, logger, registry, name } = context;
  const connection = connectionFor(name, settings, logger);
  return [
    { provide: KafkaConnection, useValue: connection },
    { provide: Publisher, useValue: new Publisher(connection) },
    ...outboxProviders({
      service: name,
      settings,
      connection,
      topics: OWN_TOPICS,
      owner: projectStates,
      groupPrefix: 'releases.project-state',
      alone,
      logger,
      registry,
    }),
  ];
}

function domain({ settings, logger }: Context): Provider[] {
  return [
    {
      provide: Projects,
      useFactory: (dataSource: DataSource, outbox: Outbox) =>
        new Projects(dataSource, outbox, settings.maxProjectsPerOrganization),
      inject: [DataSource, Outbox],
    },
    {
      provide: ReleasesQueries,
      useFactory: (dataSource: DataSource, readiness: Readiness) => {
        addDatabaseChecks(readiness, dataSource);
        return new ReleasesQueries(dataSource);
      },
      inject: [DataSource, Readiness],
    },
    {
      provide: Releases,
      useFactory: (dataSource: DataSource, queries: ReleasesQueries, outbox: Outbox) =>
        new Releases({ dataSource, queries, outbox, logger, adminBaseUrl: settings.adminBaseUrl }),
      inject: [DataSource, ReleasesQueries, Outbox],
    },
    {
      provide: ReleaseCommands,
      useFactory: (dataSource: DataSource, releases: Releases, outbox: Outbox) =>
        new ReleaseCommands(dataSource, releases, outbox),
      inject: [DataSource, Releases, Outbox],
    },
  ];
}
