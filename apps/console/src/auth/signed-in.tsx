import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { SignInPage } from '../pages/sign-in/sign-in.page.js';
import { ConnectionBar } from '../shell/connection-bar.js';
import { configQuery } from './config.js';
import { session, useSession } from './session-store.js';
import { signInOf } from './sign-in-of.js';

/** What is inside is for people who are signed in; others sign in at the same address, and are where they wanted to be. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { data: config } = useQuery(configQuery);
  const current = useSession();
  const client = useQueryClient();
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    if (config) void session.begin(signInOf(config)).finally(() => setRestored(true));
  }, [config]);
  const who = current && `${current.organizationId} ${current.role}`;
  useEffect(
    () => () => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== configQuery.queryKey[0] }),
    [client, who],
  );
  if (!config || !restored) return <ConnectionBar />;
  return current ? <div key={who}>{children}</div> : <SignInPage config={config} />;
}
