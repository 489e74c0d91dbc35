import type { Permission, Role } from '../auth/roles.js';

const ACTS: Record<Permission, string> = {
  release: 'create and promote releases',
  test: 'send tests',
  redeliver: 'redeliver or discard',
  'manage-integrations': 'connect and change integrations',
  'read-activity': 'see who did what',
};

export const authTexts = {
  title: 'Sign in',
  local: 'This system runs on your machine: choose who you want to be. Each role may do other things.',
  expired: 'Your sign-in has run out. Sign in again and go on where you were.',
  provider: 'You sign in with your organization’s identity provider, and come back to this page.',
  leave: 'Continue to sign in',
  noProvider: 'This console has no way to sign in yet.',
  noProviderHint:
    'Set AUTH_CLIENT_ID to the client that your identity provider keeps for this console, then restart the gateway.',
  failed: 'That did not work',
  roles: {
    owner: { name: 'Owner', may: 'Everything' },
    admin: { name: 'Admin', may: 'Connects and changes integrations, releases, redelivers' },
    developer: { name: 'Developer', may: 'Releases, tests and redelivers; does not change integrations' },
    viewer: { name: 'Viewer', may: 'Looks, and changes nothing' },
  } satisfies Record<Role, { name: string; may: string }>,
  refusal: (role: Role, permission: Permission): string =>
    `Your role, ${authTexts.roles[role].name.toLowerCase()}, may not ${ACTS[permission]}. Ask an owner or admin.`,
};
