/** Tells without parsing: of the thousands of lines a second that a busy system writes, few are for the terminal. */
const MAY_MATTER = /"level":"(?:warn|error)"|"event":"(?:release\.accepted|delivery\.attempted)"|^[^{]/;

export interface TerminalLine {
  text: string;
  /** What lines that say the same of something else have in common, such as `delivered to #ops`. */
  kind: string;
  /** Of a fault that somebody must look at: what it was. */
  error?: string;
}

type Fields = Record<string, unknown>;

/** What of a log line a person at the terminal wants to know; undefined where it is of no interest there. */
export function readable(line: string): TerminalLine | undefined {
  if (!MAY_MATTER.test(line)) return undefined;
  let fields: Fields;
  try {
    fields = JSON.parse(line) as Fields;
  } catch {
    return line.trim() === '' ? undefined : plain(line);
  }
  const { event, level, service, type, version, environment } = fields;
  if (event === 'release.accepted')
    return { text: `${text(version)} in ${text(environment)}: ${text(type)}`, kind: text(type) };
  if (event === 'delivery.attempted') return attempted(fields);
  if (level !== 'error' && level !== 'warn') return undefined;
  const said = plain(`${text(service)}: ${text(event)}${reason(fields)}`);
  return level === 'error' ? { ...said, error: messageOf(fields) ?? text(event) } : said;
}

const plain = (said: string): TerminalLine => ({ text: said, kind: said });

function attempted(fields: Fields): TerminalLine {
  const { outcome, integrationName, provider, attempt, durationMs } = fields;
  const destination = text(integrationName) || text(provider);
  const subject = `${subjectOf(fields)} to ${destination}`;
  if (outcome === 'delivered') {
    const which = Number(attempt) > 1 ? `, attempt ${text(attempt)}` : '';
    const said = `${subject}: delivered in ${text(durationMs)} ms${which}`;
    return { text: said, kind: `delivered to ${destination}` };
  }
  const said = `${subject}: failed (${why(fields)}), attempt ${text(attempt)}, ${then(fields)}`;
  return { text: said, kind: `failed to ${destination} (${why(fields)})` };
}

const subjectOf = ({ test, version, type }: Fields): string =>
  test === true ? 'test message' : text(version) || text(type);

const why = ({ errorCode, statusCode }: Fields): string =>
  [text(errorCode), text(statusCode)].filter(Boolean).join(' ');

const then = ({ next }: Fields): string => (next === 'retry' ? 'tried again later' : 'now a dead letter');

function reason(fields: Fields): string {
  const { check } = fields;
  const message = messageOf(fields);
  const said = message === undefined ? '' : ` (${message})`;
  return typeof check === 'string' ? `${said}; check ${check}` : said;
}

function messageOf({ error, reason: given }: Fields): string | undefined {
  const message = (error as { message?: unknown } | undefined)?.message ?? given;
  return typeof message === 'string' ? printable(message.slice(0, 160)) : undefined;
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? printable(String(value)) : '';

/** What people named may hold signs that a terminal obeys. */
const printable = (said: string): string => said.replaceAll(/\p{C}/gu, '');
