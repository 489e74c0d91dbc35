import type { DynamicModule, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TOPICS } from '#libs/contracts';
import { Sealer } from '#libs/credentials';
import { addDatabaseChecks, databaseModule } from '#libs/database';
import { Readiness, ServiceModule, type ServiceContext } from '#libs/http';
import { KafkaConnection, Publisher, connectionFor } from '#libs/kafka';
import { AddressRules, NameResolver } from '#libs/outbound';
import { Outbox, OutboxLifecycle, outboxProviders } from '#libs/outbox';
import { INTEGRATIONS_MIGRATIONS } from './integrations-migrations.js';
import type { IntegrationsSettings } from './integrations.config.js';
import { DestinationStatusClient } from './integrations/destination-status.client.js';
import { IntegrationCreation } from './integrations/integration-creation.service.js';
import { IntegrationCaps } from './integrations/integration-caps.js';
import { IntegrationChecks } from './integrations/integration-checks.service.js';
import { IntegrationEntity } from './integrations/integration.entity.js';
import { integrationStates } from './integrations/integration-states.js';
import { IntegrationSeals } from './integrations/integration-seals.service.js';
import { IntegrationViews } from './integrations/integration-views.service.js';
import { IntegrationsController } from './integrations/integrations.controller.js';
import { IntegrationsQueries } from './integrations/integrations.queries.js';
import { Integrations } from './integrations/integrations.service.js';
import { KnownProjects } from './projects/known-projects.service.js';
import { ProjectStateReader } from './projects/project-state.consumer.js';
import { BrowserNonce } from './oauth/browser-nonce.js';
import { ConnectionsController } from './oauth/connections.controller.js';
import { Connections } from './oauth/connections.service.js';
import { OAuthStatesQueries } from './oauth/oauth-states.queries.js';
import { ResultPage } from './oauth/result-page.js';
import { ProviderList } from './providers/provider-list.js';
import { ProvidersController } from './providers/providers.controller.js';
import { RoutePreviewController } from './routes/route-preview.controller.js';
import { TestDeliveriesController } from './test-deliveries/test-deliveries.controller.js';
import { TestCap } from './test-deliveries/test-cap.js';
import { TestDeliveries } from './test-deliveries/test-deliveries.service.js';

type Context = ServiceContext<IntegrationsSettings>;

const OWN_TOPICS = [
  TOPICS.integrationState,
  TOPICS.integrationStateDlq,
  TOPICS.deliveryRequested,
  TOPICS.projectState,
  TOPICS.projectStateDlq,
];

/** The whole of the service, wired by hand. */
export class IntegrationsModule {
  /** @param alone false where other databases write to the same state topic: then it is not kept as the table here is */
  static forContext(context: Context, { alone = true } = {}): DynamicModule {
    const { settings, logger } = context;
    return {
      module: IntegrationsModule,
      imports: [
        ServiceModule.forContext(context),
        databaseModule({
          url: settings.databaseUrl,
          poolSize: settings.databasePool,
          migrateOnStart: settings.migrateOnStart,
          service: 'integrations',
          entities: [IntegrationEntity],
          migrations: INTEGRATIONS_MIGRATIONS,
          logger,
        }),
      ],
      controllers: [
        ProvidersController,
        RoutePreviewController,
        TestDeliveriesController,
        ConnectionsController,
        IntegrationsController,
      ],
      providers: [
        ...messaging(context, alone),
        ...projects(context),
        ...integrations(context),
        ...connections(context),
        ...tests(context),
      ],
    };
  }
}

function messaging({ settings, logger, registry, name }: Context, alone: boolean): Provider[] {
  const connection = connectionFor(name, settings, logger);
  return [
    { provide: KafkaConnection, useValue: connection },
    { provide: Publisher, useValue: new Publisher(connection) },
    ...outboxProviders({
      service: name,
      settings,
      connection,
      topics: OWN_TOPICS,
      owner: integrationStates,
      groupPrefix: 'integrations.integration-state',
      alone,
      logger,
      registry,
    }),
  ];
}

function projects({ logger }: Context): Provider[] {
  return [
    KnownProjects,
    {
      provide: ProjectStateReader,
      useFactory: (
        projects: KnownProjects,
        connection: KafkaConnection,
        publisher: Publisher,
        lifecycle: OutboxLifecycle,
        readiness: Readiness,
      ) =>
        new ProjectStateReader({
          projects,
          connection,
          publisher,
          topicsReady: () => lifecycle.started(),
          readiness,
          logger,
        }),
      inject: [KnownProjects, KafkaConnection, Publisher, OutboxLifecycle, Readiness],
    },
  ];
}

function integrations({ settings, logger }: Context): Provider[] {
  const rules = new AddressRules({
    allowHttp: settings.outboundAllowHttp,
    allowedCidrs: settings.outboundAllowedCidrs,
  });
  return [
    { provide: ProviderList, useValue: new ProviderList({ rules, resolve: new NameResolver().resolve }, settings) },
    {
      provide: IntegrationSeals,
      useFactory: async () => new IntegrationSeals(await Sealer.fromJwk(settings.credentialsPublicKey)),
    },
    {
      provide: IntegrationsQueries,
      useFactory: (dataSource: DataSource, readiness: Readiness) => {
        addDatabaseChecks(readiness, dataSource);
        return new IntegrationsQueries(dataSource);
      },
      inject: [DataSource, Readiness],
    },
    {
      provide: IntegrationChecks,
      useFactory: (providers: ProviderList, projects: KnownProjects) => new IntegrationChecks(providers, projects),
      inject: [ProviderList, KnownProjects],
    },
    {
      provide: Integrations,
      useFactory: (
        dataSource: DataSource,
        outbox: Outbox,
        queries: IntegrationsQueries,
        checks: IntegrationChecks,
        seals: IntegrationSeals,
      ) =>
        new Integrations({ dataSource, outbox, queries, checks, seals, caps: new IntegrationCaps(settings), logger }),
      inject: [DataSource, Outbox, IntegrationsQueries, IntegrationChecks, IntegrationSeals],
    },
    {
      provide: IntegrationCreation,
      useFactory: (dataSource: DataSource, all: Integrations) => new IntegrationCreation(dataSource, all),
      inject: [DataSource, Integrations],
    },
    { provide: IntegrationViews, useValue: new IntegrationViews(new DestinationStatusClient(settings.deliveryUrl)) },
  ];
}

function connections({ settings: { adminBaseUrl }, logger }: Context): Provider[] {
  return [
    { provide: BrowserNonce, useValue: new BrowserNonce(adminBaseUrl) },
    { provide: ResultPage, useValue: new ResultPage(adminBaseUrl) },
    {
      provide: OAuthStatesQueries,
      useFactory: (dataSource: DataSource) => new OAuthStatesQueries(dataSource),
      inject: [DataSource],
    },
    {
      provide: Connections,
      useFactory: (
        providers: ProviderList,
        states: OAuthStatesQueries,
        integrations: Integrations,
        queries: IntegrationsQueries,
        checks: IntegrationChecks,
      ) => new Connections({ providers, states, integrations, queries, checks, adminBaseUrl, logger }),
      inject: [ProviderList, OAuthStatesQueries, Integrations, IntegrationsQueries, IntegrationChecks],
    },
  ];
}

function tests({ settings }: Context): Provider[] {
  return [
    {
      provide: TestDeliveries,
      useFactory: (
        queries: IntegrationsQueries,
        projects: KnownProjects,
        connection: KafkaConnection,
        publisher: Publisher,
        dataSource: DataSource,
      ) =>
        new TestDeliveries({
          integrations: queries,
          cap: new TestCap(dataSource, settings.maxTestsPerMinute),
          projects,
          connection,
          publisher,
          adminBaseUrl: settings.adminBaseUrl,
        }),
      inject: [IntegrationsQueries, KnownProjects, KafkaConnection, Publisher, DataSource],
    },
  ];
}
