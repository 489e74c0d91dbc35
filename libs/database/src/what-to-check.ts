const AUTHORITY =
  'sslrootcert in DATABASE_URL: it must name the file of the authority that signed the certificate of the server';

/** By the code of the socket's or the server's error. */
const BY_CODE: Record<string, string> = {
  SELF_SIGNED_CERT_IN_CHAIN: AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'the host in DATABASE_URL: it must be a name that is in the certificate of the server',
  CERT_HAS_EXPIRED: 'the certificate of the server, and the clock here',
  CERT_NOT_YET_VALID: 'the clocks, here and at the server',
  '28P01': 'user and password in DATABASE_URL',
  '28000': 'user and sslmode in DATABASE_URL, and pg_hba.conf of the server',
  '3D000': 'the name of the database in DATABASE_URL',
};

/** What a person should look at where a connection is refused; undefined where the server is just away. */
export function whatToCheck(error: unknown): string | undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (message?.includes('does not support SSL')) return 'sslmode in DATABASE_URL: the server has no TLS';
  return code === undefined ? undefined : BY_CODE[code];
}
