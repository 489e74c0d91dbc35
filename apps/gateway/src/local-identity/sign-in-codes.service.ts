import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '#libs/problems';
import type { DevTokenRequest } from './dev-token.dto.js';

/** Without those that people take for one another. */
const SIGNS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 8;
const GOOD_FOR_MS = 12 * 60 * 60 * 1_000;
/** Those that nobody uses are forgotten, the oldest first. */
const MOST = 100;

/** What a printed link carries in place of a token: short, and worth nothing once it was used. A restart forgets them. */
@Injectable()
export class SignInCodes {
  private readonly codes = new Map<string, { who: DevTokenRequest; until: number }>();

  make(who: DevTokenRequest, now: number = Date.now()): string {
    if (this.codes.size >= MOST) this.codes.delete([...this.codes.keys()][0]!);
    const code = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
    this.codes.set(code, { who, until: now + GOOD_FOR_MS });
    return code;
  }

  /** @throws Problem 410 where it was used, has run out or was never made */
  use(code: string, now: number = Date.now()): DevTokenRequest {
    const found = this.codes.get(code);
    this.codes.delete(code);
    if (found !== undefined && now <= found.until) return found.who;
    throw new Problem(410, 'sign-in-code-used', 'This sign-in link was used already, or has run out', {
      detail: 'It works once. Choose a role on the sign-in page, or start again for another link.',
    });
  }
}
