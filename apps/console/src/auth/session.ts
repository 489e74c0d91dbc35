import type { Role } from './roles.js';

/** Who is signed in, as the token says; the server decides, this is for show. */
export interface Session {
  token: string;
  organizationId: string;
  name: string;
  role: Role;
  expiresAt: number;
}

interface Claims {
  org: string;
  sub: string;
  role: Role;
  exp: number;
  name?: string;
  org_name?: string;
}

/** undefined where it is no token of ours, or has run out. */
export function sessionOf(token: string, now: number = Date.now()): Session | undefined {
  try {
    const { org, sub, role, exp, name } = JSON.parse(decoded(token.split('.')[1] ?? '')) as Claims;
    if (!org || !role || exp * 1000 <= now) return undefined;
    return { token, organizationId: org, name: name ?? sub, role, expiresAt: exp * 1000 };
  } catch {
    return undefined; // not a token at all
  }
}

function decoded(base64url: string): string {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
