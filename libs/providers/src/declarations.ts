import type { ProviderDeclaration } from './declaration.js';
import { DISCORD } from './discord/discord.declaration.js';
import { EMAIL } from './email/email.declaration.js';
import { SLACK } from './slack/slack.declaration.js';
import { TEAMS } from './teams/teams.declaration.js';
import { WEBHOOK } from './webhook/webhook.declaration.js';

/** Every kind of destination, in the order of the tiles. Adding one: docs/how-to/add-a-provider.md. */
export const DECLARATIONS = {
  slack: SLACK,
  discord: DISCORD,
  webhook: WEBHOOK,
  email: EMAIL,
  teams: TEAMS,
} as const satisfies Record<string, ProviderDeclaration>;

export type Provider = keyof typeof DECLARATIONS;

/** Their ids. */
export const PROVIDERS = Object.keys(DECLARATIONS) as [Provider, ...Provider[]];

/** Undefined for a provider of a newer version: what is said of it has to be kept for an instance that knows it. */
export const declarationOf = (id: string): ProviderDeclaration | undefined =>
  Object.hasOwn(DECLARATIONS, id) ? DECLARATIONS[id as Provider] : undefined;

/** The name of the provider whose own address this is; null where it is nobody's. */
export function ownerOf(url: URL): string | null {
  const all: readonly ProviderDeclaration[] = Object.values(DECLARATIONS);
  return all.find((one) => one.owns?.(url))?.name ?? null;
}
