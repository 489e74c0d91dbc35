import type { ErrorCode } from '#libs/contracts';
import type { TransportDetail } from '../outbound/outbound-result.js';

/** What is known of a failure beside its code and status. */
export interface FailureFacts {
  detail?: TransportDetail | null;
  /** The address begins with `http:`. */
  plainHttp?: boolean;
}

/** What a person is told of a failed attempt: what happened, and what to do. `name` begins a sentence. */
export function failureSentence(
  code: ErrorCode,
  name: string,
  statusCode: number | null,
  { detail = null, plainHttp = false }: FailureFacts = {},
): string {
  if (detail) return detailSentence(detail, name);
  const status = statusCode === null ? '' : ` (${statusCode})`;
  switch (code) {
    case 'connection_refused':
      return `${name} refused the connection or could not be reached. Is it running, and reachable from the internet?`;
    case 'connection_reset':
      return `${name} closed the connection before its answer was complete. ${plainHttp ? 'If this port expects TLS, save the address with https://. Otherwise look' : 'Look'} for a crash or a restart on its side.`;
    case 'dns_failed':
      return `${name} was not found: its host name could not be resolved. Check the address and its DNS records.`;
    case 'tls_failed':
      return `${name} could not be reached securely. Is its certificate valid, complete and issued for this host name?`;
    case 'timeout':
      return `${name} did not complete its answer in time. Answer first, and do the work afterwards.`;
    case 'address_forbidden':
      return `${name} has an address that may not be called. Use an https address that is public.`;
    case 'redirected':
      return redirectSentence(name, statusCode);
    case 'response_too_large':
      return `${name} answered with more than 64 KB. Answer with a short text or with none.`;
    case 'rate_limited':
      return `${name} asked for fewer messages${status}. Retries wait for as long as it says, up to the longest retry delay.`;
    case 'client_error':
      return `${name} did not accept the request${status}. Its answer may say why.`;
    case 'server_error':
      return `${name} failed${status}. Look into its log at the time of the attempt.`;
    case 'credentials_revoked':
      return statusCode === 403
        ? `${name} refused the request${status}. Check the credentials; where other messages arrive, a firewall in front of it may dislike what this one says.`
        : `${name} did not accept the credentials${status}. Save fresh ones to connect again.`;
    case 'destination_missing':
      return `${name} says that there is nothing at this address${status}. Save an address that exists.`;
    case 'message_rejected':
      return `${name} rejected the message${status}. Its answer may say why.`;
    case 'needs_reconnect':
      return `${name} was not called, because it refused for good before. Test it, or save fresh credentials.`;
    case 'malformed_response':
      return `${name} sent an answer that is not proper HTTP${status}. Is this the right port?`;
  }
}

/** 301 and 308 name a new address for good, 307 one for a while; 302 and 303 may be what follows a message that was taken. */
function redirectSentence(name: string, statusCode: number | null): string {
  const status = statusCode === null ? '' : ` (${statusCode})`;
  switch (statusCode) {
    case 302:
    case 303:
      return `${name} answered with a redirect for this request only${status}, which is not followed. It may have taken the message: let it answer with a 2xx status.`;
    case 307:
      return `${name} answered with a temporary redirect${status}, which is not followed. Let it answer at this address itself, or save the address that it leads to.`;
    case 304:
      return `${name} answered that nothing was modified${status}, which is no answer to a POST. Look for a cache or a proxy in front of it.`;
    default:
      return `${name} answered with a redirect${status}, which is not followed. Save the address that it leads to.`;
  }
}

function detailSentence(detail: TransportDetail, name: string): string {
  switch (detail) {
    case 'not_reached':
      return `${name} could not be connected to in time. Check its address and port, that it is running, and that no firewall is in the way.`;
    case 'name_too_long':
      return `${name} has a host name that is too long to exist. Check the address: a name has 253 characters at most, and 63 between two dots.`;
    case 'not_tls':
      return `${name} does not speak TLS on this port. Check the port, or let it serve https there.`;
    case 'tls_expected':
      return `${name} expects TLS on this port, and the address begins with http://. Save it with https://.`;
    case 'client_certificate':
      return `${name} asks for a client certificate, and none is ever sent. Let it accept requests without one; the signature or an Authorization header can take its place.`;
    case 'handshake_refused':
      return `${name} refused the TLS handshake. Does it ask for a client certificate, or accept only versions older than TLS 1.2?`;
  }
}
