import { list } from './parsers.js';
import { settingsOf, type Mode, type SettingOptions } from './setting.js';

/** Every setting that is wrong, one line each: the name and what it must be, never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly lines: string[]) {
    super(lines.join('\n'));
  }
}

/** A settings class some of whose fields make no sense together: a line for each that is wrong, as above. */
interface Combined {
  conflicts?(): string[];
}

/**
 * Fills a settings class from the environment, all fields checked before anything starts.
 * @throws SettingsError with one line for each setting that is missing or wrong
 */
export function loadSettings<T extends object>(type: new () => T, env: NodeJS.ProcessEnv = process.env): T {
  const lines: string[] = [];
  const mode = modeOf(env, lines);
  const settings = new type();
  for (const [property, options] of settingsOf(type)) {
    try {
      Object.assign(settings, { [property]: valueOf(options, env, mode) });
    } catch (error) {
      lines.push(`${options.env}: ${(error as Error).message}`);
    }
  }
  if (lines.length === 0) lines.push(...((settings as Combined).conflicts?.() ?? []));
  if (lines.length > 0) throw new SettingsError(lines);
  return settings;
}

function modeOf(env: NodeJS.ProcessEnv, lines: string[]): Mode {
  const mode = env['NITROPUSH_MODE'] || 'local';
  if (mode === 'local' || mode === 'production') return mode;
  lines.push('NITROPUSH_MODE: must be local or production');
  return 'production';
}

/** Which variables may have a value in production that is only safe on one machine. */
export const ALLOW_INSECURE = 'ALLOW_INSECURE_SETTINGS';

function requireSafe({ env: name, unsafe }: SettingOptions<unknown>, value: unknown, env: NodeJS.ProcessEnv): void {
  const safe = unsafe?.(value);
  if (safe === undefined || list()(env[ALLOW_INSECURE] ?? '').includes(name)) return;
  throw new Error(`${safe} in production mode (${ALLOW_INSECURE}=${name} allows it)`);
}

function valueOf(options: SettingOptions<unknown>, env: NodeJS.ProcessEnv, mode: Mode): unknown {
  const own = env[options.env]?.trim();
  const text = own || (options.elseEnv && env[options.elseEnv]?.trim()) || (options.emptyIsValue ? own : undefined);
  if (text || (text === '' && options.emptyIsValue)) {
    if (options.localOnly && mode === 'production') throw new Error('must not be set in production mode');
    const value = options.parse(text);
    if (mode === 'production') requireSafe(options, value, env);
    return value;
  }
  if (options.local !== undefined && mode === 'local') return options.local;
  if (options.default !== undefined) return options.default;
  if (options.requiredWith && env[options.requiredWith]?.trim())
    throw new Error(`must be set where ${options.requiredWith} is`);
  if (options.optional) return undefined;
  throw new Error(
    mode === 'production' && options.local !== undefined ? 'must be set in production mode' : 'must be set',
  );
}
