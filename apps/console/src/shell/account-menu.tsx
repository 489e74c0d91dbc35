import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconApi, IconChevronDown, IconLogout, IconSend } from '@tabler/icons-react';
import { Link } from 'react-router';
import { authTexts } from '../texts/auth.js';
import { session, useSession } from '../auth/session-store.js';
import { shellTexts } from '../texts/shell.js';
import { pendingChanges } from '../undo/use-pending.js';
import classes from './account-menu.module.css';

/** What can still be undone is done with the session that it was begun in. */
function signOut(): void {
  pendingChanges.hurry();
  void session.end();
}

/** Who is signed in, as what, for which organization. */
export function AccountMenu() {
  const current = useSession();
  if (!current) return null;
  const { name, role, organizationId } = current;
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={shellTexts.account(name)}>
          <span className={classes.initial} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.who}>
            <span className={classes.name}>{name}</span>
            <span className={classes.role}>{authTexts.roles[role].name}</span>
          </span>
          <IconChevronDown size={14} className={classes.who} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{shellTexts.role}</Menu.Label>
        <Text size="sm" px="sm">
          {authTexts.roles[role].name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb="xs">
          {authTexts.roles[role].may}
        </Text>
        <Menu.Label>{shellTexts.organization}</Menu.Label>
        <Text size="xs" ff="monospace" px="sm" pb="xs" className={classes.organization}>
          {organizationId}
        </Text>
        <Menu.Divider />
        <Menu.Item component={Link} to="/events" leftSection={<IconSend size={16} stroke={1.7} />}>
          {shellTexts.events}
        </Menu.Item>
        <Menu.Item component="a" href="/api/docs" leftSection={<IconApi size={16} stroke={1.7} />}>
          {shellTexts.apiDocs}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={signOut}>
          {shellTexts.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
