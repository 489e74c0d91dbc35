import type { OAuthSetup, ProviderSetup } from './provider.js';

export interface OAuthClient {
  id?: string;
  secret?: string;
}

/** A provider that one signs in at; offered where this server is a client of it. */
export abstract class OAuthProvider implements ProviderSetup {
  abstract readonly id: 'slack' | 'discord';
  abstract readonly name: string;
  readonly setup = 'oauth';
  readonly status: ProviderSetup['status'];
  readonly missing: string[];
  readonly fields = [];
  readonly signs = false;
  readonly concurrent = false;
  readonly oauth?: OAuthSetup;

  /** `settings` are the names of the client's id and secret. */
  constructor(
    { id, secret }: OAuthClient,
    settings: [string, string],
    rest: Omit<OAuthSetup, 'clientId' | 'clientSecret'>,
  ) {
    this.missing = settings.filter((_, place) => ![id, secret][place]);
    this.status = this.missing.length === 0 ? 'available' : 'not_configured';
    if (id && secret) this.oauth = { ...rest, clientId: id, clientSecret: secret };
  }
}

const CONTROL = /\p{Cc}/gu;
const LONGEST = 90;

/** A name of theirs as a part of a label of ours. */
export function shown(name: unknown, otherwise: string): string {
  const clean = typeof name === 'string' ? name.toWellFormed().replace(CONTROL, '').trim() : '';
  return clean === '' ? otherwise : [...clean].slice(0, LONGEST).join('');
}
