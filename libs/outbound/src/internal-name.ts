/** Domains that are never delegated, or that a cluster or a home network makes up for itself. */
const INTERNAL_DOMAINS =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|home\.arpa|lan|svc|cluster|consul|docker|onion)$/;

/**
 * Whether a host name belongs to this machine or its network by its form alone: one without a dot, or in a domain that the
 * internet does not have. What it stands for must not show in an answer, nor whether it stands for anything.
 */
export function isInternalName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return !name.includes('.') || INTERNAL_DOMAINS.test(name);
}
