import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseUrl } from '#libs/url';
import type { Channel } from './channel.js';
import type { Chat } from './chat.js';

/** The one app that is known here. */
export interface Client {
  id: string;
  secret: string;
}

/** What an app sends the browser with. */
export type AuthorizeQuery = URLSearchParams;

/** Why it is refused: shown to the person, as there is no place to send them back to. */
export interface AuthorizeRefusal {
  reason: string;
}

/** A product of the sandbox's: all of it is below `/slack`, `/discord` and so on. */
export interface ChatStandIn {
  readonly chat: Chat;
  /** An address that posts to the channel, for products where people copy one. */
  addressOf?(channel: Channel): string;
  /** Whatever is not about signing in: the webhooks. The path is below the product's. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** One that is connected by signing in; `handle` takes the token call as well. */
export interface SignInStandIn extends ChatStandIn {
  readonly client: Client;
  readonly authorizePath: string;
  readonly scope: string;
  /** What this product wants beside client, scope and address; null where all is fine. */
  checkAuthorize(query: AuthorizeQuery): AuthorizeRefusal | null;
}

export const signsIn = (standIn: ChatStandIn): standIn is SignInStandIn => 'authorizePath' in standIn;

/** Whether the app may ask for this; null where it may. */
export function authorizeRefusal(standIn: SignInStandIn, query: AuthorizeQuery): AuthorizeRefusal | null {
  if (query.get('client_id') !== standIn.client.id) return { reason: 'This app is not known here (client_id).' };
  if (query.get('scope') !== standIn.scope) return { reason: `Only the scope ${standIn.scope} can be asked for.` };
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!/^https?:$/.test(parseUrl(redirectUri)?.protocol ?? ''))
    return { reason: 'The address to come back to is not one (redirect_uri).' };
  return standIn.checkAuthorize(query);
}

/** Where the browser goes when the person has allowed it for a channel. */
export function allowed({ chat }: ChatStandIn, query: AuthorizeQuery, channelName: string): string {
  const redirectUri = query.get('redirect_uri')!;
  const { id: channelId } = chat.named(channelName);
  const code = chat.codes.give({ channelId, redirectUri, codeChallenge: query.get('code_challenge') });
  return withQuery(redirectUri, { code, state: query.get('state') });
}

/** And where it goes when they have not. */
export const denied = (query: AuthorizeQuery): string =>
  withQuery(query.get('redirect_uri')!, { error: 'access_denied', state: query.get('state') });

function withQuery(address: string, values: Record<string, string | null>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}
