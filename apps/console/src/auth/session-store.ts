import { useSyncExternalStore } from 'react';
import type { Session } from './session.js';
import type { SignIn } from './sign-in.js';

/** The one session of this page. Outside React, for the API client needs it as well. */
class SessionStore {
  current: Session | undefined;
  /** It was there and has run out: the sign-in page says so, and leads back. */
  expired = false;
  private signIn: SignIn | undefined;
  private renewing: Promise<boolean> | undefined;
  private readonly listeners = new Set<() => void>();

  /** What went wrong on the way back from the provider, in its own words. */
  failure: string | undefined;

  async begin(signIn: SignIn): Promise<void> {
    this.signIn = signIn;
    try {
      this.set(await signIn.restore());
    } catch (error) {
      this.failure = (error as Error).message;
      this.set(undefined);
    }
  }

  /** Leads away to the provider; undefined where one signs in on the page. */
  get leave(): (() => Promise<void>) | undefined {
    const { signIn } = this;
    return signIn?.begin && (() => signIn.begin!());
  }

  set(session: Session | undefined): void {
    this.current = session;
    this.expired = false;
    if (session !== undefined) this.failure = undefined; // the next time that they sign in, it is long past
    this.tell();
  }

  /** True where there is a fresh token now. Calls that fail together renew together. */
  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  expire(): void {
    if (this.current === undefined) return;
    this.current = undefined;
    this.expired = true;
    this.tell();
  }

  async end(): Promise<void> {
    await this.signIn?.signOut();
    this.set(undefined);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async renewOnce(): Promise<boolean> {
    const fresh = await this.signIn?.renew();
    if (fresh === undefined) return false;
    this.set(fresh);
    return true;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const session = new SessionStore();

export const useSession = (): Session | undefined => useSyncExternalStore(session.subscribe, () => session.current);
