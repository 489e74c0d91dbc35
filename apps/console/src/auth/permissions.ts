import { authTexts } from '../texts/auth.js';
import { may, type Permission } from './roles.js';
import { useSession } from './session-store.js';

/** undefined: they may. Otherwise why not, for a person. */
export function useRefusal(permission: Permission): string | undefined {
  const role = useSession()?.role ?? 'viewer';
  return may(role, permission) ? undefined : authTexts.refusal(role, permission);
}
