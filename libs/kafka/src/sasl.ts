import type { Mechanism, SASLOptions } from 'kafkajs';
import { OauthTokens, type OauthSettings } from './oauth-tokens.js';

export type SaslSettings =
  | { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
  | ({ mechanism: 'oauthbearer' } & OauthSettings);

/** As kafkajs takes it. */
export function saslOf(settings: SaslSettings, onRefused: (error: Error) => void): SASLOptions | Mechanism {
  return settings.mechanism === 'oauthbearer'
    ? bearer(new OauthTokens(settings), onRefused)
    : ({ ...settings } as SASLOptions);
}

/** The brokers do not accept the token. Others may be accepted later. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly isOutage = true;
  readonly retriable = false; // as kafkajs reads it
  constructor() {
    super('SASL OAUTHBEARER authentication failed');
  }
}

const SEPARATOR = '\u0001';

/**
 * kafkajs' own takes any answer for a yes. The brokers refuse a token by a text and no error (RFC 7628 3.2.2), and then
 * close the connection on whatever comes next, without a reason.
 */
function bearer(tokens: OauthTokens, onRefused: (error: Error) => void): Mechanism {
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ saslAuthenticate }) => ({
      authenticate: async () => {
        const say = (text: string): Promise<string | void> =>
          saslAuthenticate<string>({ request: bytesOf(text), response: TEXT });
        try {
          const token = await tokens.current();
          if (await say(`n,,${SEPARATOR}auth=Bearer ${token}${SEPARATOR}${SEPARATOR}`)) throw new TokenRefused();
        } catch (error) {
          onRefused(error as Error);
          await say(SEPARATOR).catch(() => undefined); // ends the exchange, by an error: the broker then closes the connection
          throw error;
        }
      },
    }),
  };
}

const LENGTH_BYTES = 4;

const bytesOf = (text: string): { encode: () => Buffer } => ({
  encode: () => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  },
});

const TEXT = {
  decode: (answer: Buffer): Buffer => answer.subarray(LENGTH_BYTES),
  parse: (bytes: Buffer): string => bytes.toString(),
};
