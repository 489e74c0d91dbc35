import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { settingsOf, type SettingOptions } from '#libs/config';

type Options = SettingOptions<unknown>;

/** What only `npm start` and docker-compose.yml read; no service does. */
const STACK_SETTINGS: [string, string][] = [
  ['GATEWAY_PORT', '4000'],
  ['DATA_DIR', '.data'],
  ['POSTGRES_PASSWORD', 'postgres'],
  ['RELEASES_DATABASE_PASSWORD', 'releases'],
  ['INTEGRATIONS_DATABASE_PASSWORD', 'integrations'],
  ['DELIVERY_DATABASE_PASSWORD', 'delivery'],
  ['GRAFANA_PASSWORD', 'admin'],
];
const stackSetting = ([env, value]: [string, string]): Options => ({ env, parse: (text) => text, default: value });

/** Every setting there is, by its variable, as each class that has it declares it. Classes are found, nobody keeps a list. */
export async function declaredSettings(root: string): Promise<Map<string, Options[]>> {
  const declared = new Map(STACK_SETTINGS.map((setting) => [setting[0], [stackSetting(setting)]]));
  for (const app of readdirSync(join(root, 'apps')))
    for (const type of await settingsClasses(root, app))
      for (const options of settingsOf(type).values())
        declared.set(options.env, [...(declared.get(options.env) ?? []), options]);
  return declared;
}

/** What `.env.example` says, by variable: the text after the `=`. */
export function exampleSettings(root: string): Map<string, string> {
  const lines = readFileSync(join(root, '.env.example'), 'utf8').split('\n');
  return new Map(lines.flatMap((line) => (/^# ([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ? [pair(line)] : [])));
}

const pair = (line: string): [string, string] => {
  const [name = '', ...value] = line.slice('# '.length).split('=');
  return [name, value.join('=')];
};

/** The settings classes of one app. */
export async function settingsClasses(root: string, app: string): Promise<(new () => object)[]> {
  const folder = join(root, 'apps', app, 'src');
  const files = readdirSync(folder).filter((file) => file.endsWith('.config.ts'));
  const modules = await Promise.all(
    files.map(async (file) => (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter(
      (type): type is new () => object => typeof type === 'function' && settingsOf(type as new () => object).size > 0,
    );
}
