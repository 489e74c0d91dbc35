import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SettingsError, loadSettings, type ServiceSettings } from '#libs/config';
import {
  NestLogger,
  createLogger,
  createRegistry,
  describeError,
  exitOnUncaught,
  exitWithParent,
  standardOutput,
  exitSoon,
} from '#libs/observability';
import { configureHttp } from './configure-http.js';
import { OpsServer } from './ops-server.js';
import { answerWhileStarting } from './starting-server.js';
import type { ServiceContext, ServiceOptions } from './service-options.js';
import { ServiceModule } from './service.module.js';
import { StopSignals } from './stop-signals.js';

/** Starts a service: settings first, then HTTP (so that health can be asked), then the Kafka servers. */
export async function runService<S extends ServiceSettings>(options: ServiceOptions<S>): Promise<void> {
  const settings = settingsOrExit(options);
  const logger = createLogger(options.name, settings.logLevel);
  exitOnUncaught(logger);
  let signals: StopSignals | undefined;
  const begin = (): void => void (signals = new StopSignals()); // until then a signal ends the process
  const end = (): void => void (signals?.received ? undefined : process.kill(process.pid, 'SIGTERM'));
  exitWithParent(end);
  standardOutput().onReaderGone = end; // where both are gone, one signal is enough: a second one would end it at once
  try {
    await start(options, { name: options.name, settings, logger, registry: createRegistry(options.name) }, begin);
  } catch (error) {
    if (signals?.received) return; // what was being started is stopped
    if (error instanceof SettingsError) refuse(options.name, error);
    logger.error({ error: describeError(error) }, 'service.failed-to-start');
    exitSoon();
  }
}

/** The service as it runs, but not listening yet: for `runService` and for tests. */
export async function createService<S extends ServiceSettings>(
  options: Pick<ServiceOptions<S>, 'module' | 'modulesFor' | 'before' | 'front' | 'opsPort'>,
  context: ServiceContext<S>,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(rootOf(options, context), {
    logger: new NestLogger(context.logger),
    bodyParser: false,
    abortOnError: false,
  });
  configureHttp(app, context, options);
  return app;
}

/** What every service has, and beside it what this one is for. */
function rootOf<S extends ServiceSettings>(
  { module, modulesFor }: Pick<ServiceOptions<S>, 'module' | 'modulesFor'>,
  context: ServiceContext<S>,
): DynamicModule {
  return {
    module: Root,
    imports: [ServiceModule.forContext(context), module, ...(modulesFor?.(context.settings) ?? [])],
  };
}

class Root {}

async function start<S extends ServiceSettings>(
  options: ServiceOptions<S>,
  context: ServiceContext<S>,
  onStoppable: () => void,
): Promise<void> {
  const { settings, logger } = context;
  const opsPort = options.opsPort?.(settings);
  const { host } = settings;
  const startingEnds = await answerWhileStarting({ host, port: opsPort ?? settings.port }, context.registry);
  const app = await createService(options, context);
  for (const strategy of options.strategies?.(app) ?? []) app.connectMicroservice({ strategy });
  onStoppable();
  app.enableShutdownHooks([], { useProcessExit: true }); // ending by the signal again would lose log lines that wait to be written
  await app.init();
  await startingEnds();
  if (opsPort !== undefined) await app.get(OpsServer).listen(opsPort, host);
  await app.listen(settings.port, host);
  await options.prepare?.(app);
  await app.startAllMicroservices();
  logger.info({ port: settings.port, mode: settings.mode }, 'service.started');
}

function settingsOrExit<S extends ServiceSettings>({ name, settings }: ServiceOptions<S>): S {
  try {
    return loadSettings(settings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return refuse(name, error);
  }
}

/** Ends the process with a line for each setting that is wrong. */
function refuse(name: string, { lines }: SettingsError): never {
  for (const line of lines) process.stderr.write(`${name}: ${line}\n`);
  return process.exit(1);
}
