import type { Provider } from '#libs/contracts';
import type { FieldError } from '#libs/problems';

export interface TileField {
  name: string;
  label: string;
  type: 'url' | 'secret' | 'emails' | 'number';
  required: boolean;
}

export type TileStatus = 'available' | 'not_configured' | 'coming_soon';

/** What of the input is to be sealed, and how it may be shown. */
export interface CheckedCredentials {
  plain: unknown;
  /** Masked: no path, no token. */
  destination: string;
}

export type CredentialsCheck =
  | { kind: 'ok'; credentials: CheckedCredentials }
  /** Malformed. Fields are relative to the credentials. */
  | { kind: 'invalid'; errors: FieldError[] }
  /** Well-formed, but it may not be called. */
  | { kind: 'refused'; error: FieldError };

/** What a user has allowed at an OAuth provider. */
export interface Granted {
  credentials: CheckedCredentials;
  /** What an integration is called where its user gave it no name. */
  name: string;
  /** Names the channel, and is no secret: the same for every webhook that leads there. */
  target: string;
}

/** How one signs in at an OAuth provider. */
export interface OAuthSetup {
  authorizeUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** Proof Key for Code Exchange, RFC 7636. */
  pkce: boolean;
  /** What is kept of the answer to a code. @throws OAuthFault */
  read: (answer: Record<string, unknown>) => Granted;
}

/** A kind of destination, as this service knows it: how it is set up and what its credentials are. */
export interface ProviderSetup {
  readonly id: Provider;
  readonly name: string;
  readonly setup: 'oauth' | 'form';
  readonly status: TileStatus;
  /** Settings that it would need. */
  readonly missing: string[];
  readonly fields: TileField[];
  /** Its messages are signed with a secret that the receiver is shown. */
  readonly signs: boolean;
  /** Several attempts at once may be asked for. */
  readonly concurrent: boolean;
  /** OAuth providers that are set up on this server. */
  readonly oauth?: OAuthSetup;
  /** Form providers: checks what was typed in. */
  check?(credentials: Record<string, unknown>): Promise<CredentialsCheck>;
  /** Names where checked credentials lead and gives no secret away: the same for every integration that leads there. */
  target?(plain: unknown): string;
}
