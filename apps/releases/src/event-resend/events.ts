import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { SettingsError, loadSettings } from '#libs/config';
import { PROJECT_STATE } from '#libs/contracts';
import { dataSourceOptions } from '#libs/database';
import { createLogger } from '#libs/observability';
import { countPublished, resend, resendSetAside } from '#libs/outbox';
import { USAGE, UsageError, resendCommand, type ResendCommand } from './resend-command.js';
import { ResendSettings } from './resend.config.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run events -- resend …`. Ends with 0 when all of it is on its way, 1 where it was stopped or failed, 2 where it was called wrongly. */
async function main(): Promise<number> {
  const command = resendCommand(process.argv.slice(2));
  const { databaseUrl } = loadSettings(ResendSettings);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const logger = createLogger('releases', 'error');
  const options = { url: databaseUrl, poolSize: 1, service: 'event-resend', entities: [], migrations: [], logger };
  const dataSource = new DataSource(dataSourceOptions(options));
  await dataSource.initialize();
  try {
    return await carryOut(dataSource, command, stop.signal);
  } finally {
    await dataSource.destroy();
  }
}

async function carryOut(dataSource: DataSource, command: ResendCommand, signal: AbortSignal): Promise<number> {
  if (command.kind === 'set-aside') {
    say(`${await resendSetAside(dataSource, [PROJECT_STATE.topic])} messages that were set aside are sent again.`);
    return 0;
  }
  const { since, until, project, dryRun } = command;
  const selection = { since, ...(until && { until }), ...(project !== undefined && { key: project }) };
  if (dryRun) {
    say(`${await countPublished(dataSource, selection)} events would be sent again.`);
    return 0;
  }
  const count = await resend(dataSource, { ...selection, signal });
  say(`${count} events are sent again.`);
  if (!signal.aborted) return 0;
  say('Stopped before the end; start it again to go on. What is sent twice is delivered once.');
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  else if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`The events could not be sent again: ${(error as Error).message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
