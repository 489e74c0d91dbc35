import type { AddressRules, ResolveName } from '#libs/outbound';
import type { FieldError } from '#libs/problems';

/** One field of the form that a destination is connected by. The console draws it from this alone. */
export interface TileField {
  name: string;
  label: string;
  type: 'url' | 'secret' | 'emails' | 'number';
  required: boolean;
  /** Whether it is a part of `credentials`, and sealed; otherwise it is a field of the integration itself. */
  credential: boolean;
  /** A sentence below the label. */
  hint?: string;
  placeholder?: string;
  /** The smallest number. */
  min?: number;
  /** The largest number, or the most entries of a list. */
  max?: number;
  /** An optional secret that stays when it is left out of a change that leads to the same origin. */
  kept?: boolean;
}

/** A part of the icon, on a drawing of 24 by 24. Drawn by ourselves, simply: a hint at each provider, not its logo. */
export interface IconShape {
  /** As the `d` of an SVG path. */
  path: string;
  /** `#rrggbb`; null: whatever fits the page's theme. */
  color: string | null;
  /** Of the line; null: the shape is filled. */
  width: number | null;
}

/** What of the input is to be sealed, and how it may be shown. */
export interface CheckedCredentials {
  plain: unknown;
  /** Masked: no path, no token. */
  destination: string;
  /** Names of the fields of `kept` that are set. */
  secrets?: string[];
}

/** What is known of saved credentials without opening them. */
export interface SavedCredentials {
  destination: string;
  /** As `secrets` of CheckedCredentials; null: they were saved before that was recorded. */
  secrets: readonly string[] | null;
}

/** What of a change is to be sealed. */
export interface ChangedCredentials extends CheckedCredentials {
  /** The field that stays as it was saved, and is not in `plain`; null: none. */
  keep: string | null;
}

export type CredentialsCheck = { kind: 'ok'; credentials: CheckedCredentials } | NotTaken;

export type CredentialsChange = { kind: 'ok'; credentials: ChangedCredentials } | NotTaken;

export type NotTaken =
  /** Malformed. Fields are relative to the credentials. */
  | { kind: 'invalid'; errors: FieldError[] }
  /** Well-formed, but it may not be called. */
  | { kind: 'refused'; error: FieldError };

/** What a form is checked with. */
export interface CheckTools {
  /** Which addresses may be called. */
  rules: AddressRules;
  resolve: ResolveName;
  /** The name of the provider whose own address this is; null where it is nobody's. */
  ownerOf: (url: URL) => string | null;
}

/** It is connected by a form. */
export interface FormSetup {
  kind: 'form';
  fields: readonly TileField[];
  /** Names of settings without which it is not offered. */
  needs: readonly string[];
  /** Checks what was typed in. Says what is wrong without repeating it. */
  check: (credentials: Record<string, unknown>, tools: CheckTools) => Promise<CredentialsCheck>;
  /** Where a part of saved credentials can stay: checks what was typed in to change them. Left out: they are replaced as a whole. */
  change?: (typed: Record<string, unknown>, saved: SavedCredentials, tools: CheckTools) => Promise<CredentialsChange>;
  /** Names where checked credentials lead and gives no secret away: the same for every integration that leads there. */
  target: (plain: unknown) => string;
}

/** What a user has allowed at an OAuth provider. */
export interface Granted {
  credentials: CheckedCredentials;
  /** What an integration is called where its user gave it no name. */
  name: string;
  /** Names the channel, and is no secret: the same for every webhook that leads there. */
  target: string;
}

/** Why an answer to a code is no grant. */
export interface NotGranted {
  fault: 'provider_refused' | 'no_webhook' | 'address_forbidden';
}

/** It is connected by signing in there (OAuth 2). */
export interface OAuthSetup {
  kind: 'oauth';
  /** Names of the settings that hold its origin, our client's id and our client's secret. */
  settings: { baseUrl: string; clientId: string; clientSecret: string };
  /** Below the origin. */
  authorizePath: string;
  tokenPath: string;
  scope: string;
  /** Proof Key for Code Exchange, RFC 7636. */
  pkce: boolean;
  /** What is kept of the answer to a code. */
  read: (answer: Record<string, unknown>, baseUrl: string) => Granted | NotGranted;
  /** The name that `read` gave, out of the destination that it gave with it. */
  channelName: (destination: string) => string;
}

/**
 * A kind of destination, as both services and the console know it: how it is connected, what its credentials are and how
 * they are shown, what it is bound by. How it is posted to is in the delivery service, under the same name.
 */
export interface ProviderDeclaration {
  /** As people read it. */
  name: string;
  icon: readonly IconShape[];
  setup: FormSetup | OAuthSetup;
  /** Its messages are signed with a secret that the receiver is shown. */
  signs: boolean;
  limits: {
    /** Attempts at once that may be asked for; 1: always in order. */
    atOnce: number;
    /** Of a message, in bytes. */
    messageBytes?: number;
    /** Of one integration. */
    recipients?: number;
  };
  /** Whether an address is of this provider, and so nothing that a custom webhook could post to. */
  owns?: (url: URL) => boolean;
}
