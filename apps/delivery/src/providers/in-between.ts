import type { ErrorCode } from '#libs/contracts';
import type { OutboundAnswer, TransportCode } from '../outbound/outbound-result.js';
import { isPermanent } from './classify-answer.js';
import type { Sign } from './outcome.js';

/** As Cloudflare says it, in a text or in the title of a page. */
const CLOUDFLARE = /\berror code: (\d{4})\b|cloudflare/i;

/**
 * A failure that a service did not say in its own words, so that something between us and it may have: a proxy, a
 * firewall, Cloudflare. Nothing follows from it for the webhook.
 * @param name of the service, as a sentence has it
 * @param word what looks like the service's own code, and is not known here
 */
export function inBetween(name: string, answer: OutboundAnswer, code: ErrorCode, word?: string): Sign {
  return {
    code: isPermanent(code) ? 'client_error' : code,
    error: sentence(name, answer, word),
    permanent: false,
    ownSign: false,
  };
}

function sentence(name: string, { status, body }: OutboundAnswer, word?: string): string {
  const between = `between NitroPush and ${name}`;
  if (status >= 500)
    return `${name}, or something ${between}, failed (${status}). Resend the message once ${name} works again.`;
  if (status < 400)
    return `Something ${between} answered with a redirect (${status}), as a proxy or a sign-in page does. The operator of this server has to check the way to ${name}.`;
  const cloudflare = CLOUDFLARE.exec(body);
  if (cloudflare) {
    const number = cloudflare[1] ? `, error code ${cloudflare[1]}` : '';
    return `Cloudflare, which stands ${between}, refused the request (${status}${number}): it may have blocked the address of this server. Keep the webhook; the operator of this server has to get the address unblocked or use another. Then resend the message.`;
  }
  if (word !== undefined)
    return `${name}, or something ${between}, refused the request for a reason that is not known here (${status}, ${word}). Keep the webhook and resend the message later; if that fails too, its answer may say why.`;
  return `Something ${between} refused the request (${status}), and not ${name}: a proxy or a firewall, for instance. Keep the webhook; the operator of this server has to let requests to ${name} pass. Then resend the message.`;
}

/** Where no whole answer came: nobody who reads this can look into the service, but the way to it can be checked. */
export function unreached(name: string, code: TransportCode): string {
  const check = `If this goes on, the operator of this server has to check the way to ${name}.`;
  switch (code) {
    case 'connection_refused':
      return `${name} could not be reached: the connection was refused. ${check}`;
    case 'dns_failed':
      return `${name} could not be reached: its host name could not be resolved. ${check}`;
    case 'tls_failed':
      return `${name} could not be reached securely: a proxy on the way may have answered with a certificate of its own. ${check}`;
    case 'timeout':
      return `${name} did not answer in time. ${check}`;
    case 'connection_reset':
      return `${name}, or something between NitroPush and ${name}, closed the connection before its answer was complete. ${check}`;
    case 'address_forbidden':
      return `${name} has an address in this network that may not be called. The operator of this server has to check its name server, and the base URL that is set for ${name}.`;
    case 'response_too_large':
    case 'malformed_response':
      return `Something between NitroPush and ${name} sent an answer that is not ${name}'s. ${check}`;
  }
}
