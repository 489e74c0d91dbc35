import type { AxiosResponse } from 'axios';

export interface OauthSettings {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
}

/** No token could be had; the message says why and holds no secret. It may work later. */
export class TokenUnavailable extends Error {
  override readonly name = 'TokenUnavailable';
  readonly isOutage = true;
  readonly retriable = true; // as kafkajs reads it
}

interface Token {
  value: string;
  /** Epoch ms. */
  renewAt: number;
  endsAt: number;
}

const ANSWER_WITHIN_MS = 10_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Where the endpoint does not say how long a token is good. */
const UNSAID_LIFETIME_S = 60;
const RENEW_BEFORE_END_MS = 15_000;
const RENEW_AT_SHARE = 0.8;

/** Access tokens by client credentials (RFC 6749 4.4). One serves all connections until shortly before its end. */
export class OauthTokens {
  private token: Token | undefined;
  private asking: Promise<Token> | undefined;

  constructor(
    private readonly settings: OauthSettings,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws TokenUnavailable */
  async current(): Promise<string> {
    if (this.token && this.now() < this.token.renewAt) return this.token.value;
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    try {
      this.token = await this.asking;
    } catch (error) {
      if (!this.token || this.now() >= this.token.endsAt) throw error; // until then the one that we have is good
    }
    return this.token.value;
  }

  private async ask(): Promise<Token> {
    const { tokenUrl, clientId, clientSecret, scope } = this.settings;
    const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const { default: axios } = await import('axios'); // 200 ms and 16 MB of a start, where few brokers ask for tokens
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) });
    try {
      const answer = await axios.post<unknown>(tokenUrl, body.toString(), {
        headers: {
          authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        maxRedirects: 0,
        maxContentLength: MAX_ANSWER_BYTES,
        validateStatus: () => true,
      });
      return this.tokenOf(answer);
    } catch (error) {
      if (error instanceof TokenUnavailable) throw error;
      // axios' own error holds the request, and with it the secret
      const { code, message } = error as { code?: string; message: string };
      throw new TokenUnavailable(
        code === 'ERR_CANCELED'
          ? 'the token endpoint did not answer within 10 s'
          : `the token endpoint failed: ${code ?? message}`,
      );
    }
  }

  private tokenOf({ status, data }: AxiosResponse<unknown>): Token {
    const { access_token: value, expires_in: seconds, error } = (data ?? {}) as Record<string, unknown>;
    if (status === 200 && typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) {
      const now = this.now();
      const lifetimeMs = 1_000 * (Number(seconds) > 0 ? Number(seconds) : UNSAID_LIFETIME_S);
      return {
        value,
        endsAt: now + lifetimeMs,
        renewAt: now + Math.min(lifetimeMs * RENEW_AT_SHARE, lifetimeMs - RENEW_BEFORE_END_MS),
      };
    }
    const code = typeof error === 'string' && /^\w{1,60}$/.test(error) ? ` ${error}` : '';
    throw new TokenUnavailable(
      `the token endpoint answered ${status}${code || (status === 200 ? ' without a token' : '')}`,
    );
  }
}
