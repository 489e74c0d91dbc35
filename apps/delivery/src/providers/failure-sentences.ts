import type { ErrorCode } from '#libs/contracts';

/** What a person is told of a failed attempt: what happened, and what to do. `receiver` begins a sentence. */
export function failureSentence(code: ErrorCode, receiver: string, statusCode: number | null): string {
  const status = statusCode === null ? '' : ` (${statusCode})`;
  switch (code) {
    case 'connection_refused':
      return `${receiver} refused the connection or could not be reached. Is it running, and reachable from the internet?`;
    case 'connection_reset':
      return `${receiver} closed the connection before its answer was complete. Look for a crash or a restart on its side.`;
    case 'dns_failed':
      return `${receiver} was not found: its host name could not be resolved. Check the address and its DNS records.`;
    case 'tls_failed':
      return `${receiver} could not be reached securely. Is its certificate valid, complete and issued for this host name?`;
    case 'timeout':
      return `${receiver} did not complete its answer in time. Answer first, and do the work afterwards.`;
    case 'address_forbidden':
      return `${receiver} has an address that may not be called. Use an https address that is public.`;
    case 'redirected':
      return `${receiver} answered with a redirect${status}, which is not followed. Save the address that it leads to.`;
    case 'response_too_large':
      return `${receiver} answered with more than 64 KB. Answer with a short text or with none.`;
    case 'rate_limited':
      return `${receiver} asked for fewer messages${status}. The next try waits for as long as it said.`;
    case 'client_error':
      return `${receiver} did not accept the request${status}. Its answer may say why.`;
    case 'server_error':
      return `${receiver} failed${status}. Look into its log at the time of the attempt.`;
    case 'credentials_revoked':
      return `${receiver} did not accept the credentials${status}. Save fresh ones to connect again.`;
    case 'destination_missing':
      return `${receiver} says that there is nothing at this address${status}. Save an address that exists.`;
    case 'message_rejected':
      return `${receiver} rejected the message${status}. Its answer may say why.`;
    case 'needs_reconnect':
      return `${receiver} was not called, because it refused for good before. Test it, or save fresh credentials.`;
    case 'malformed_response':
      return `${receiver} sent an answer that is not proper HTTP${status}. Is this the right port?`;
  }
}
