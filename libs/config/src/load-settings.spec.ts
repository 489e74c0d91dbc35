import { describe, expect, it } from 'vitest';
import {
  BackendSettings,
  Setting,
  SettingsError,
  duration,
  httpUrl,
  integer,
  list,
  loadSettings,
  withoutTls,
} from './index.js';

class Sample {
  @Setting({ env: 'SAMPLE_DELAYS', parse: list(duration), default: [5000] }) delays: number[];
  @Setting({ env: 'SAMPLE_URL', parse: httpUrl, local: 'http://localhost' }) url: string;
  @Setting({ env: 'SAMPLE_COUNT', parse: integer(1, 9), optional: true }) count?: number;
}

const linesOf = (type: new () => object, env: NodeJS.ProcessEnv): string[] => {
  try {
    loadSettings(type, env);
  } catch (error) {
    return (error as SettingsError).lines;
  }
  return [];
};

describe('settings', () => {
  it('takes defaults in local mode', () => {
    expect(loadSettings(Sample, {})).toEqual({ delays: [5000], url: 'http://localhost', count: undefined });
  });

  it('parses what is set', () => {
    expect(
      loadSettings(Sample, { SAMPLE_DELAYS: '5s, 10s,1m', SAMPLE_URL: 'https://a.example/', SAMPLE_COUNT: '3' }),
    ).toEqual({
      delays: [5000, 10_000, 60_000],
      url: 'https://a.example',
      count: 3,
    });
  });

  it('refuses local defaults in production', () => {
    expect(linesOf(Sample, { NITROPUSH_MODE: 'production' })).toEqual(['SAMPLE_URL: must be set in production mode']);
  });

  it('names every wrong setting and never its value', () => {
    const lines = linesOf(Sample, { SAMPLE_DELAYS: 'hunter2', SAMPLE_URL: 'ftp://hunter2', SAMPLE_COUNT: '10' });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['SAMPLE_DELAYS', 'SAMPLE_URL', 'SAMPLE_COUNT']);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('refuses what is only for one machine in production', () => {
    class Local {
      @Setting({ env: 'SAMPLE_KEY', parse: list(), optional: true, localOnly: true }) key?: string[];
    }
    expect(loadSettings(Local, { SAMPLE_KEY: 'hunter2' })).toEqual({ key: ['hunter2'] });
    expect(linesOf(Local, { SAMPLE_KEY: 'hunter2', NITROPUSH_MODE: 'production' })).toEqual([
      'SAMPLE_KEY: must not be set in production mode',
    ]);
    expect(loadSettings(Local, { NITROPUSH_MODE: 'production' })).toEqual({ key: undefined });
  });

  it('refuses in production what is only safe on one machine, unless somebody names it', () => {
    class Open {
      @Setting({ env: 'SAMPLE_URL', parse: httpUrl, local: 'http://localhost', unsafe: withoutTls }) url: string;
      @Setting({ env: 'SAMPLE_KEY_URL', parse: httpUrl, optional: true, unsafe: withoutTls }) keyUrl?: string;
    }
    const env = { SAMPLE_URL: 'http://hunter2.example', SAMPLE_KEY_URL: 'http://hunter2.example' };
    const production = { ...env, NITROPUSH_MODE: 'production' };
    const line = (name: string): string =>
      `${name}: must begin with https:// in production mode (ALLOW_INSECURE_SETTINGS=${name} allows it)`;
    expect(linesOf(Open, env)).toEqual([]);
    expect(linesOf(Open, production)).toEqual([line('SAMPLE_URL'), line('SAMPLE_KEY_URL')]);
    expect(linesOf(Open, { ...production, ALLOW_INSECURE_SETTINGS: 'OTHER, SAMPLE_URL' })).toEqual([
      line('SAMPLE_KEY_URL'),
    ]);
    expect(linesOf(Open, { ...production, ALLOW_INSECURE_SETTINGS: 'true' })).toHaveLength(2);
    expect(linesOf(Open, { ...production, ALLOW_INSECURE_SETTINGS: 'SAMPLE_URL,SAMPLE_KEY_URL' })).toEqual([]);
  });

  it('reads nothing as a value where it is one', () => {
    class Ranges {
      @Setting({ env: 'SAMPLE_RANGES', parse: list(), local: ['a'], default: ['b'], emptyIsValue: true })
      ranges: string[];
    }
    expect(loadSettings(Ranges, {}).ranges).toEqual(['a']);
    expect(loadSettings(Ranges, { SAMPLE_RANGES: ' ' }).ranges).toEqual([]);
    expect(loadSettings(Ranges, { SAMPLE_RANGES: 'c' }).ranges).toEqual(['c']);
    expect(loadSettings(Ranges, { NITROPUSH_MODE: 'production', SAMPLE_RANGES: '' }).ranges).toEqual([]);
  });

  it('asks for what another setting needs', () => {
    class Paired {
      @Setting({ env: 'SAMPLE_NAME', parse: String, optional: true, requiredWith: 'SAMPLE_HOST' }) name?: string;
    }
    expect(linesOf(Paired, { SAMPLE_HOST: 'a.example' })).toEqual(['SAMPLE_NAME: must be set where SAMPLE_HOST is']);
    expect(linesOf(Paired, { SAMPLE_HOST: 'a.example', SAMPLE_NAME: 'Ada' })).toEqual([]);
    expect(linesOf(Paired, { SAMPLE_HOST: ' ' })).toEqual([]);
  });

  it('reads a second variable where the first is not set', () => {
    class Ported {
      @Setting({ env: 'PORT', elseEnv: 'SAMPLE_PORT', parse: integer(1, 9), default: 4 }) port: number;
    }
    expect(loadSettings(Ported, {}).port).toBe(4);
    expect(loadSettings(Ported, { SAMPLE_PORT: '5' }).port).toBe(5);
    expect(loadSettings(Ported, { PORT: '6', SAMPLE_PORT: '5' }).port).toBe(6);
  });

  it('inherits', () => {
    expect(linesOf(BackendSettings, {})).toEqual([
      'PORT: must be set',
      'KAFKA_BROKERS: must be set',
      'DATABASE_URL: must be set',
    ]);
  });
});
