import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { SETTINGS } from '#libs/config';
import type { IntegrationsSettings } from '../integrations.config.js';
import { STATE_LIVES_MS } from './one-time-state.store.js';

const NONCE = /^[A-Za-z0-9_-]{43}$/;

/**
 * The cookie that ties a connection to the browser that began it, so that nobody can be made to finish what somebody else
 * began. On https its prefix keeps other hosts of the domain from setting it; plain http, on localhost, knows no such prefix.
 */
@Injectable()
export class BrowserNonce {
  private readonly secure: boolean;
  private readonly cookieName: string;

  constructor(@Inject(SETTINGS) { adminBaseUrl }: Pick<IntegrationsSettings, 'adminBaseUrl'>) {
    this.secure = adminBaseUrl.startsWith('https:');
    this.cookieName = this.secure ? '__Host-nitropush-connect' : 'nitropush-connect';
  }

  /** The browser's own where it has one: two connections may be on their way in two tabs. */
  of(cookies: string | undefined): string {
    return this.read(cookies) || randomBytes(32).toString('base64url');
  }

  /** Empty where the browser has none. */
  read(cookies: string | undefined): string {
    for (const cookie of (cookies ?? '').split(';')) {
      const [name, value] = cookie.trim().split('=', 2);
      if (name === this.cookieName && value !== undefined && NONCE.test(value)) return value;
    }
    return '';
  }

  cookie(nonce: string): string {
    const parts = [
      `${this.cookieName}=${nonce}`,
      'Path=/',
      `Max-Age=${STATE_LIVES_MS / 1000}`,
      'HttpOnly',
      'SameSite=Lax',
    ];
    return [...parts, ...(this.secure ? ['Secure'] : [])].join('; ');
  }
}
