/** A log line as a developer reads it: time, level and event, then each field. What is no log line stays as it is. */
export function lineForPeople(line) {
  const fields = fieldsOf(line);
  if (fields === undefined) return line;
  const { time, level, event, service: _service, ...others } = fields;
  const rest = Object.entries(others).map(([name, value]) => `${name}=${textOf(value)}`);
  return [String(time).slice(11, 23), String(level).padEnd(5), event, ...rest].join(' ');
}

function fieldsOf(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const fields = JSON.parse(line);
    return 'time' in fields && 'level' in fields ? fields : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value) => (typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value));
