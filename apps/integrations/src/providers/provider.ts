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
  /** Form providers: checks what was typed in. */
  check?(credentials: Record<string, unknown>): Promise<CredentialsCheck>;
}
