/** Why the brokers and we do not get together, and what a person should look at. */
export interface Refusal {
  reason: string;
  check: string;
  /** A broker that is just stopping looks the same: to be said only once it repeats. */
  ambiguous?: boolean;
  /** It is about one topic or group, and others may be allowed; else about the connection as a whole. */
  scoped?: boolean;
}

const CREDENTIALS =
  'KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM, and that the user exists at the brokers';
const OAUTH = 'KAFKA_OAUTH_TOKEN_URL, KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_CLIENT_SECRET and KAFKA_OAUTH_SCOPE';
const AUTHORITY = 'KAFKA_TLS_CA: it must hold the authority that signed the certificates of the brokers';
const OWN_CERTIFICATE =
  'KAFKA_TLS_CERT and KAFKA_TLS_KEY: the brokers must trust the authority that signed the certificate';
const LISTENER = 'KAFKA_TLS, KAFKA_SASL_MECHANISM and the port in KAFKA_BROKERS: they must be those of one listener';
const TOPICS =
  'the topics and rights in docs/how-to/connect-to-kafka.md, and KAFKA_CREATE_TOPICS and KAFKA_TOPIC_PREFIX';
const RIGHTS =
  'the rights of this service in docs/how-to/connect-to-kafka.md, and KAFKA_TOPIC_PREFIX and KAFKA_GROUP_PREFIX';

const untrusted = refusal(
  'the certificate of the broker is not signed by an authority that is trusted here',
  AUTHORITY,
);
const noTls = refusal('the broker does not speak TLS on this port', LISTENER);
const certificateRefused = refusal('the broker does not accept our certificate, or there is none', OWN_CERTIFICATE);

/** By the code of a socket's error. */
const BY_CODE: Record<string, Refusal> = {
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: refusal(
    'the certificate of the broker is for another name',
    'KAFKA_BROKERS and the advertised listeners of the brokers: they must use the names in the certificates',
  ),
  CERT_HAS_EXPIRED: refusal(
    'the certificate of the broker has expired',
    'the certificates of the brokers, and the clock here',
  ),
  CERT_NOT_YET_VALID: refusal('the certificate of the broker is not valid yet', 'the clocks, here and at the brokers'),
  TLS_EXPECTED: refusal('the broker wants TLS on this port', LISTENER),
  CLOSED_EARLY: {
    ...refusal('the broker closes the connection at the first request: it may want SASL or TLS on this port', LISTENER),
    ambiguous: true,
  },
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: certificateRefused,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: certificateRefused,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: certificateRefused,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: certificateRefused,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: certificateRefused,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: certificateRefused,
};

/** By what kafkajs says of an authentication; the brokers' own sentences hold no secret. */
const BY_MESSAGE: [RegExp, (message: string) => Refusal][] = [
  [/^SASL OAUTHBEARER authentication failed/, () => refusal('the brokers do not accept the token', OAUTH)],
  [/^SASL .*authentication failed/, () => refusal('the brokers do not accept the user or the password', CREDENTIALS)],
  [/^SASL \S+ mechanism is not supported/, (message) => refusal(message, 'KAFKA_SASL_MECHANISM')],
  [/^topics? .* not exist, or may not be seen/, (message) => ({ ...refusal(message, TOPICS), scoped: true })],
  [/token endpoint/, (message) => refusal(message, OAUTH)],
  [
    /Request is not valid given the current SASL state/,
    () => refusal('the broker wants no SASL on this port', LISTENER),
  ],
  [/^Client network socket disconnected before secure TLS/, () => ({ ...noTls, ambiguous: true })],
];

/** By the type of a broker's answer. */
const BY_TYPE: Record<string, Refusal> = {
  SASL_AUTHENTICATION_FAILED: refusal('the brokers do not accept the user or the password', CREDENTIALS),
  UNSUPPORTED_SASL_MECHANISM: refusal('the brokers do not have this mechanism', 'KAFKA_SASL_MECHANISM'),
  ILLEGAL_SASL_STATE: refusal('the broker wants no SASL on this port', LISTENER),
  TOPIC_AUTHORIZATION_FAILED: { ...refusal('the brokers do not allow this with the topic', RIGHTS), scoped: true },
  GROUP_AUTHORIZATION_FAILED: { ...refusal('the brokers do not allow this with the group', RIGHTS), scoped: true },
  CLUSTER_AUTHORIZATION_FAILED: { ...refusal('the brokers do not allow this with the cluster', RIGHTS), scoped: true },
};

/** What the brokers refuse us, or we them; undefined where it is another fault. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, type, message, cause } = error as Record<string, unknown>;
  const known =
    (typeof code === 'string' && BY_CODE[code]) ||
    (typeof type === 'string' && BY_TYPE[type]) ||
    (typeof message === 'string' && BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1](message));
  return known || refusalOf(cause);
}

function refusal(reason: string, check: string): Refusal {
  return { reason, check };
}
