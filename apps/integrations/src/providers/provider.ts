import { settingsOf } from '#libs/config';
import type {
  CheckTools,
  CredentialsChange,
  CredentialsCheck,
  Granted,
  IconShape,
  NotGranted,
  OAuthSetup,
  Provider,
  ProviderDeclaration,
  SavedCredentials,
  TileField,
} from '#libs/providers';
import { IntegrationsSettings } from '../integrations.config.js';

export type TileStatus = 'available' | 'not_configured' | 'coming_soon';

/** How one signs in at an OAuth provider that is set up on this server. */
export interface SignInSetup {
  authorizeUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  pkce: boolean;
  read: (answer: Record<string, unknown>) => Granted | NotGranted;
}

/** A kind of destination, as it is set up on this server. */
export interface ProviderSetup {
  readonly id: Provider;
  readonly name: string;
  readonly icon: readonly IconShape[];
  readonly setup: 'oauth' | 'form';
  readonly status: TileStatus;
  /** Settings that it would need. */
  readonly missing: string[];
  readonly fields: readonly TileField[];
  readonly signs: boolean;
  /** Several attempts at once may be asked for. */
  readonly concurrent: boolean;
  /** OAuth providers that are set up on this server. */
  readonly oauth?: SignInSetup;
  /** Form providers: checks what was typed in. */
  check?(credentials: Record<string, unknown>): Promise<CredentialsCheck>;
  /** Form providers: checks what was typed in to change saved ones. */
  change?(typed: Record<string, unknown>, saved: SavedCredentials): Promise<CredentialsChange>;
  target?(plain: unknown): string;
  /** OAuth providers: the part of the masked destination that is the name of what was picked there. */
  channelName?(destination: string): string;
}

/** By the names of settings, as declarations have them: fields of the settings class. */
const FIELDS = new Map([...settingsOf(IntegrationsSettings)].map(([field, { env }]) => [env, field]));
/** What a declaration reads of the settings. */
type Settings = object;

/** Makes of a declaration what this server offers. */
export function setUp(
  id: Provider,
  { name, icon, signs, limits, setup }: ProviderDeclaration,
  settings: Settings,
  tools: CheckTools,
): ProviderSetup {
  const value = (env: string): string => (settings as Record<string, string>)[FIELDS.get(env) ?? ''] ?? '';
  const lacking = (needs: readonly string[]): string[] => needs.filter((env) => value(env) === '');
  const common = { id, name, icon, signs, concurrent: limits.atOnce > 1 };
  if (setup.kind === 'form') {
    const missing = lacking(setup.needs);
    const status = missing.length === 0 ? 'available' : 'coming_soon';
    const { fields, check, change, target } = setup;
    const checks = {
      check: (typed: Record<string, unknown>) => check(typed, tools),
      change: (typed: Record<string, unknown>, saved: SavedCredentials) =>
        change ? change(typed, saved, tools) : replaced(check(typed, tools)),
    };
    return { ...common, setup: 'form', status, missing, fields, ...checks, target };
  }
  const missing = lacking([setup.settings.clientId, setup.settings.clientSecret]);
  const status = missing.length === 0 ? 'available' : 'not_configured';
  const oauth = missing.length === 0 ? signIn(setup, value) : undefined;
  return { ...common, setup: 'oauth', status, missing, fields: [], oauth, channelName: setup.channelName };
}

async function replaced(checking: Promise<CredentialsCheck>): Promise<CredentialsChange> {
  const checked = await checking;
  return checked.kind === 'ok' ? { ...checked, credentials: { ...checked.credentials, keep: null } } : checked;
}

function signIn(setup: OAuthSetup, value: (env: string) => string): SignInSetup {
  const { settings, authorizePath, tokenPath, scope, pkce, read } = setup;
  const base = value(settings.baseUrl);
  return {
    authorizeUrl: base + authorizePath,
    tokenUrl: base + tokenPath,
    clientId: value(settings.clientId),
    clientSecret: value(settings.clientSecret),
    scope,
    pkce,
    read: (answer) => read(answer, base),
  };
}
