import { parseUrl } from '#libs/url';

/** As long as the contract of release events lets an address be. */
const LONGEST = 2_000;
/** An address ends at a blank in some places and not in others; some programs read a backslash as a slash. */
const UNFIT = /[\s\p{C}\\]/u;

/**
 * The address of a web page in its normal form; null for what may not leave this system in any message: another scheme
 * than http(s), a user or a password in it, what is too long or cannot be an address.
 */
export function webAddress(text: string): string | null {
  if (text.length > LONGEST || UNFIT.test(text) || !/^https?:\/\//i.test(text)) return null;
  const url = parseUrl(text);
  return url && url.username === '' && url.password === '' ? url.href : null;
}

/** A name with a dot, `localhost`, or an IPv4 address. */
const CHAT_HOST = /^(([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,}\.?|localhost|\d{1,3}(\.\d{1,3}){3})$/;

/**
 * Whether chats take it as a link. Discord refuses the whole message for a host without a dot, by `{"embeds":["0"]}`
 * alone; Slack drops the button or refuses the blocks.
 * @see https://github.com/go-gitea/gitea/issues/14379
 * @param address as `webAddress` answers it
 */
export const isChatLink = (address: string): boolean => CHAT_HOST.test(new URL(address).hostname);
