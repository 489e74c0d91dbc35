import type { Logger } from '#libs/observability';
import { isChatLink, webAddress } from './message/web-address.js';

const NO_CHAT_LINK =
  'Slack and Discord take no link to a host without a dot or with an underscore: their messages go out without one.';
const NO_LINK = 'No message takes a link that is longer than 2,000 characters or has a user or a password in it.';

/** Said once, at the start: nobody who misses the link in a message would look for the reason in a setting. */
export function warnOfLinks(adminBaseUrl: string, logger: Logger): void {
  const address = webAddress(adminBaseUrl);
  if (address !== null && isChatLink(address)) return;
  logger.warn({ setting: 'ADMIN_BASE_URL', why: address === null ? NO_LINK : NO_CHAT_LINK }, 'links.left-out');
}
