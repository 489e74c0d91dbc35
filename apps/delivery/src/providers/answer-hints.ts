import type { OutboundAnswer, TransportDetail } from '../outbound/outbound-result.js';

/** What nginx, Apache, Go, Caddy and HAProxy say to plain HTTP on a TLS port. */
const WANTS_TLS =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|plain HTTP to an SSL-enabled server port/i;
/** What nginx and load balancers say where they want a certificate of the client. */
const WANTS_CERTIFICATE = /No required SSL certificate was sent|SSL certificate error/i;

/** What a refusal says of the connection itself, in the words of common servers; null for everything else. */
export function hintIn({ status, body }: OutboundAnswer): TransportDetail | null {
  if (status !== 400 && status !== 495 && status !== 496 && status !== 497) return null;
  if (status === 497 || WANTS_TLS.test(body)) return 'tls_expected';
  return status === 400 && !WANTS_CERTIFICATE.test(body) ? null : 'client_certificate';
}
