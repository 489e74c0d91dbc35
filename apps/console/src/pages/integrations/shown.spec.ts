import { expect, it } from 'vitest';
import { isShown, type Shown } from './shown.js';

const counts = { pending: 0, retrying: 0, dead: 0, held: 0 };
const fine = { provider: 'slack', enabled: true, health: 'healthy', counts, recipients: null } as const;
const recipients = { total: 5, unconfirmed: 0, unsubscribed: 1 };

it.each<[string, Parameters<typeof isShown>[0], Shown[]]>([
  ['a healthy one', fine, ['all', 'slack']],
  ['a disabled one', { ...fine, enabled: false }, ['all', 'slack', 'disabled']],
  ['one that fails', { ...fine, health: 'failing' }, ['all', 'slack', 'attention']],
  ['one to reconnect', { ...fine, health: 'needs_reconnect' }, ['all', 'slack', 'attention']],
  ['one with dead letters', { ...fine, counts: { ...counts, dead: 1 } }, ['all', 'slack', 'attention']],
  [
    'one whose recipients have not all confirmed',
    { ...fine, recipients: { ...recipients, unconfirmed: 1 } },
    ['all', 'slack', 'attention'],
  ],
  ['one that somebody has left', { ...fine, recipients }, ['all', 'slack']],
  ['one that nobody knows the health of', { ...fine, health: null, counts: null }, ['all', 'slack', 'attention']],
])('%s', (_name, one, expected) => {
  const all: Shown[] = ['all', 'slack', 'discord', 'webhook', 'email', 'attention', 'disabled'];
  expect(all.filter((shown) => isShown(one, shown))).toEqual(expected);
});
