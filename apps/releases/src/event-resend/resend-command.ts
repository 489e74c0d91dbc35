import { parseArgs } from 'node:util';

export const USAGE = `npm run events -- resend --since <time> [--until <time>] [--project <id>] [--dry-run]
npm run events -- resend --set-aside

  --since, --until  when the events were published: ISO 8601 with a zone, such as 2026-11-26T10:00:00Z
  --project         those of one project
  --dry-run         says how many there are, and sends nothing
  --set-aside       events that the brokers refused, once they take them`;

export type ResendCommand =
  | { kind: 'published'; since: Date; until?: Date; project?: string; dryRun: boolean }
  | { kind: 'set-aside' };

/** What is wrong with the arguments, in a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws UsageError */
export function resendCommand(args: string[]): ResendCommand {
  const { values, positionals } = parse(args);
  if (positionals.join(' ') !== 'resend') throw new UsageError('the one command is resend');
  const { since, until, project, 'dry-run': dryRun = false, 'set-aside': setAside = false } = values;
  if (setAside) {
    if (since !== undefined || until !== undefined || project !== undefined || dryRun)
      throw new UsageError('--set-aside stands alone');
    return { kind: 'set-aside' };
  }
  if (since === undefined) throw new UsageError('--since is needed');
  if (project !== undefined && !UUID.test(project)) throw new UsageError('--project must be the id of a project');
  return {
    kind: 'published',
    since: time('--since', since),
    ...(until !== undefined && { until: time('--until', until) }),
    ...(project !== undefined && { project: project.toLowerCase() }),
    dryRun,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        until: { type: 'string' },
        project: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'set-aside': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Without its zone a time would mean another one on each machine. */
function time(name: string, value: string): Date {
  const at = new Date(value);
  if (ZONED.test(value) && !Number.isNaN(at.getTime())) return at;
  throw new UsageError(`${name} must be an ISO 8601 time with a zone, such as 2026-11-26T10:00:00Z`);
}
