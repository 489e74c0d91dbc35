import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer } from '../outbound/outbound-result.js';
import { isPermanent } from './classify-answer.js';
import type { Sign } from './outcome.js';

/** A service with one address for everybody, in front of which others may answer. */
export interface Service {
  /** As a sentence has it. */
  name: string;
  host: string;
}

/** As Cloudflare says it, in a text or in the title of a page. */
const CLOUDFLARE = /\berror code: (\d{4})\b|cloudflare/i;

/**
 * A failure that a service did not say in its own words, so that something between us and it may have: a proxy, a
 * firewall, Cloudflare. Nothing follows from it for the webhook.
 * @param word what looks like the service's own code, and is not known here
 */
export function inBetween(service: Service, answer: OutboundAnswer, code: ErrorCode, word?: string): Sign {
  return {
    code: isPermanent(code) ? 'client_error' : code,
    error: sentence(service, answer, word),
    permanent: false,
    ownSign: false,
  };
}

function sentence({ name, host }: Service, { status, body }: OutboundAnswer, word?: string): string {
  const between = `between NitroPush and ${name}`;
  if (status >= 500)
    return `${name}, or something ${between}, failed (${status}). Resend the message once ${name} works again.`;
  if (status < 400)
    return `Something ${between} answered with a redirect (${status}), as a proxy or a sign-in page does. The operator of this server has to check the way to ${host}.`;
  const cloudflare = CLOUDFLARE.exec(body);
  if (cloudflare) {
    const number = cloudflare[1] ? `, error code ${cloudflare[1]}` : '';
    return `Cloudflare, which stands ${between}, refused the request (${status}${number}): it may have blocked the address of this server. Keep the webhook; the operator of this server has to get the address unblocked or use another. Then resend the message.`;
  }
  if (word !== undefined)
    return `${name}, or something ${between}, refused the request for a reason that is not known here (${status}, ${word}). Keep the webhook and resend the message later; if that fails too, its answer may say why.`;
  return `Something ${between} refused the request (${status}), and not ${name}: a proxy or a firewall, for instance. Keep the webhook; the operator of this server has to let requests to ${host} pass. Then resend the message.`;
}
