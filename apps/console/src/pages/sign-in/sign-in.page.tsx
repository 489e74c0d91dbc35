import { Button, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ConsoleConfig } from '../../auth/config.js';
import { signInAs } from '../../auth/local-sign-in.js';
import { ROLES, type Role } from '../../auth/roles.js';
import { session } from '../../auth/session-store.js';
import { Brand } from '../../shell/brand.js';
import { ConnectionBar } from '../../shell/connection-bar.js';
import { authTexts } from '../../texts/auth.js';
import classes from './sign-in.module.css';

export function SignInPage({ config }: { config: ConsoleConfig }) {
  useEffect(() => {
    document.title = authTexts.title;
  }, []);
  return (
    <main className={classes.page}>
      <ConnectionBar />
      <Paper className={classes.card} p="xl">
        <Brand />
        <Title order={1} mt="xl" mb={6}>
          {authTexts.title}
        </Title>
        {session.expired && <Text mb="xs">{authTexts.expired}</Text>}
        {session.leave ? <Leave leave={session.leave} /> : config.mode === 'local' ? <RoleChooser /> : <NoProvider />}
      </Paper>
    </main>
  );
}

function RoleChooser() {
  const signIn = useMutation({ mutationFn: (role: Role) => signInAs(role) });
  return (
    <>
      {session.failure !== undefined && <Text mb="xs">{session.failure}</Text>}
      <Text c="dimmed">{authTexts.local}</Text>
      <Stack gap="xs" mt="lg">
        {ROLES.map((role) => (
          <UnstyledButton
            key={role}
            className={classes.role}
            disabled={signIn.isPending}
            onClick={() => signIn.mutate(role)}
          >
            <Text component="span" fw={600}>
              {authTexts.roles[role].name}
            </Text>
            <Text component="span" size="sm" c="dimmed">
              {authTexts.roles[role].may}
            </Text>
          </UnstyledButton>
        ))}
      </Stack>
      {signIn.error && (
        <Text role="alert" c="var(--np-bad)" mt="md">
          {authTexts.failed}: {signIn.error.message}
        </Text>
      )}
    </>
  );
}

function Leave({ leave }: { leave: () => Promise<void> }) {
  const away = useMutation({ mutationFn: leave });
  const fault = away.error?.message ?? session.failure;
  return (
    <>
      <Text c="dimmed">{authTexts.provider}</Text>
      <Button mt="lg" size="md" fullWidth loading={away.isPending} onClick={() => away.mutate()}>
        {authTexts.leave}
      </Button>
      {fault !== undefined && (
        <Text role="alert" c="var(--np-bad)" mt="md">
          {authTexts.failed}: {fault}
        </Text>
      )}
    </>
  );
}

function NoProvider() {
  return (
    <>
      <Text>{authTexts.noProvider}</Text>
      <Text c="dimmed" mt="xs">
        {authTexts.noProviderHint}
      </Text>
    </>
  );
}
