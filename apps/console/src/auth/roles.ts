export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** As the API asks for them; everybody reads. */
export type Permission = 'release' | 'test' | 'redeliver' | 'manage-integrations' | 'read-activity';

const DEVELOPER: readonly Permission[] = ['release', 'test', 'redeliver'];
const EVERYTHING: readonly Permission[] = [...DEVELOPER, 'manage-integrations', 'read-activity'];
const RIGHTS: Record<Role, readonly Permission[]> = {
  owner: EVERYTHING,
  admin: EVERYTHING,
  developer: DEVELOPER,
  viewer: [],
};

export const may = (role: Role, permission: Permission): boolean => RIGHTS[role]?.includes(permission) ?? false;
