export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What a call needs the right to do. */
export type Permission = 'read' | 'release' | 'test' | 'redeliver' | 'manage-integrations' | 'read-activity';

const DEVELOPER: readonly Permission[] = ['read', 'release', 'test', 'redeliver'];
const EVERYTHING: readonly Permission[] = [...DEVELOPER, 'manage-integrations', 'read-activity'];

const RIGHTS: Record<Role, readonly Permission[]> = {
  owner: EVERYTHING,
  admin: EVERYTHING,
  developer: DEVELOPER,
  viewer: ['read'],
};

export const may = (role: Role, permission: Permission): boolean => RIGHTS[role].includes(permission);

/** Who is calling, as the token says. */
export interface Caller {
  organizationId: string;
  userId: string;
  /** Fit to be shown as the actor of an event. */
  name: string;
  role: Role;
  /** Until when the token is believed, in epoch seconds of our clock: what outlives a request ends then too. */
  expiresAt: number;
}
