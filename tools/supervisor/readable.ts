/** Tells without parsing: of the thousands of lines a second that a busy system writes, few are for the terminal. */
const MAY_MATTER = /"level":"(?:warn|error)"|"event":"(?:release\.accepted|delivery\.attempted)"|^[^{]/;

/** What of a log line a person at the terminal wants to know; undefined where it is of no interest there. */
export function readable(line: string): string | undefined {
  if (!MAY_MATTER.test(line)) return undefined;
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line.trim() === '' ? undefined : line;
  }
  const { event, level, service } = fields;
  if (event === 'release.accepted')
    return `${text(fields['type'])}  ${text(fields['version'])} in ${text(fields['environment'])}`;
  if (event === 'delivery.attempted') return attempted(fields);
  if (level === 'error' || level === 'warn') return `${text(service)}: ${text(event)}${reason(fields)}`;
  return undefined;
}

function attempted({
  outcome,
  provider,
  next,
  attempt,
  errorCode,
  statusCode,
  durationMs,
  test,
}: Record<string, unknown>): string {
  const what = test === true ? 'test' : `attempt ${text(attempt)}`;
  if (outcome === 'delivered') return `delivered to ${text(provider)} in ${text(durationMs)} ms (${what})`;
  const then = next === 'retry' ? 'will be tried again' : 'now a dead letter';
  return `not delivered to ${text(provider)}: ${text(errorCode)}${statusCode === null || statusCode === undefined ? '' : ` (${text(statusCode)})`}, ${what}, ${then}`;
}

function reason({ error, reason: why, check }: Record<string, unknown>): string {
  const message = (error as { message?: unknown } | undefined)?.message ?? why;
  const said = typeof message === 'string' ? ` (${message.slice(0, 160)})` : '';
  return typeof check === 'string' ? `${said}; check ${check}` : said;
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const LINES_PER_SECOND = 5;

/** Lets a few lines a second through, and says how many it kept back: the files have them all. */
export class Throttle {
  private shown = 0;
  private kept = 0;
  private second = 0;

  constructor(private readonly say: (line: string) => void) {}

  offer(line: string, now: number = Date.now()): void {
    const second = Math.floor(now / 1000);
    if (second !== this.second) {
      if (this.kept > 0) this.say(`… and ${this.kept} more lines (see the log files)`);
      this.second = second;
      this.shown = 0;
      this.kept = 0;
    }
    if (this.shown < LINES_PER_SECOND) {
      this.shown += 1;
      this.say(line);
    } else this.kept += 1;
  }
}
