import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#libs/contracts';
import { buildAttemptRequest } from './build-attempt-request.suite.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter } from './provider.js';

/** How a far end treats what comes to it. */
export type Behaviour =
  | 'accept'
  /** Says by its own sign that the destination is gone or closed for good. */
  | 'refuse'
  /** Says by its own sign that it cannot just now. */
  | 'refuse for now'
  /** Breaks the connection off. */
  | 'reset'
  /** Takes the connection and says nothing. */
  | 'hang'
  /** Says a little again and again, without an end. */
  | 'drip'
  /** Says more than anybody wants to hear. */
  | 'flood'
  /** Speaks another protocol. */
  | 'garbage'
  /** Refuses, and repeats all that it was sent. */
  | 'repeat';

/** A real server on this machine, of whatever protocol, that behaves as a test wants. */
export interface FarEndKind {
  /** Starts it. @returns its address, which `at` of the subject is given */
  start(): Promise<string>;
  stop(): Promise<void>;
  behave(how: Behaviour): void;
  /** Resolves when somebody calls next. */
  called(): Promise<void>;
  /** How often it was called since it was last asked to forget. */
  calls(): number;
  /** The messages that came whole since then, each as the text that its reader sees. */
  messages(): string[];
  forget(): void;
}

/** What the shared suite has to know of a provider. */
export interface ProviderSubject {
  farEnd: FarEndKind;
  /** The provider as it is set up for a far end at this address, and credentials that lead there; its time is `ATTEMPT_TIMEOUT_MS`. */
  at(address: string): { provider: ProviderAdapter; credentials: unknown };
  /** An address of this kind where nobody listens. */
  nobody: string;
  /** An address of this kind that may not be called; left out where nobody but the operator sets the address. */
  forbidden?: (address: string) => string;
  /** Parts of those credentials that nobody may ever see. */
  secrets: string[];
  /** Closes what `at` opened. */
  close?(): Promise<void>;
}

/** How long an attempt may take in the suite: enough for one that succeeds, also on a busy machine. */
export const ATTEMPT_TIMEOUT_MS = 2_000;

export type Failed = Extract<AttemptOutcome, { kind: 'failed' }>;

/** @throws where it was delivered */
export function failedOf(outcome: AttemptOutcome): Failed {
  if (outcome.kind !== 'failed') throw new Error('it was delivered');
  return outcome;
}

/** What every provider must do, whatever the far end does. */
export function describeProvider(name: string, subject: ProviderSubject): void {
  describe(`provider ${name}`, () => {
    const { farEnd } = subject;
    let address = '';

    beforeAll(async () => {
      address = await farEnd.start();
    });
    afterEach(() => farEnd.forget());
    afterAll(async () => {
      await subject.close?.();
      await farEnd.stop();
    });

    const attemptAt = (place: string, changes: Partial<AttemptRequest> = {}): Promise<AttemptOutcome> => {
      const { provider, credentials } = subject.at(place);
      return provider.attempt(buildAttemptRequest({ credentials, ...changes }));
    };
    const attempt = (how: Behaviour, changes: Partial<AttemptRequest> = {}): Promise<AttemptOutcome> => {
      farEnd.behave(how);
      return attemptAt(address, changes);
    };

    it('delivers', async () => {
      expect(await attempt('accept')).toMatchObject({ kind: 'delivered' });
      expect(farEnd.messages()).toHaveLength(1);
    });

    it('says in the message what was released and where to look', async () => {
      const { event } = buildAttemptRequest();
      const { project, release, url } = event.data;
      await attempt('accept', { event });
      for (const part of [project.name, release.version, release.environment, release.description, url])
        expect(farEnd.messages()[0]).toContain(part);
      expect(farEnd.messages()[0]).not.toContain('[TEST]');
    });

    it('marks a test', async () => {
      await attempt('accept', { test: true });
      expect(farEnd.messages()[0]).toContain('[TEST]');
    });

    it('knows a refusal for good', async () => {
      expect(await attempt('refuse')).toMatchObject({ kind: 'failed', permanent: true });
      expect(farEnd.calls()).toBe(1);
    });

    it('knows a refusal for now', async () => {
      expect(await attempt('refuse for now')).toMatchObject({ kind: 'failed', permanent: false, retryable: true });
      expect(farEnd.calls()).toBe(1);
    });

    it.each<[Behaviour, ErrorCode[]]>([
      ['reset', ['connection_reset']],
      ['hang', ['timeout']],
      ['drip', ['timeout']],
      ['flood', ['response_too_large', 'timeout']],
      ['garbage', ['malformed_response']],
    ])('survives a destination whose way is to %s', async (how, codes) => {
      const outcome = failedOf(await attempt(how)); // the far end goes on for longer than the test may take
      expect(codes).toContain(outcome.code);
      expect(outcome).toMatchObject({ permanent: false, retryable: true });
      expect(await attempt('accept')).toMatchObject({ kind: 'delivered' });
    });

    it('finds nobody listening', async () => {
      expect(await attemptAt(subject.nobody)).toMatchObject({ code: 'connection_refused', statusCode: null });
    });

    it.each(subject.forbidden ? [subject.forbidden] : [])('calls no address that is forbidden', async (forbidden) => {
      const outcome = await attemptAt(forbidden(address));
      expect(outcome).toMatchObject({ kind: 'failed', code: 'address_forbidden' });
      expect(farEnd.calls()).toBe(0);
    });

    it('shows no secret that the destination repeats', async () => {
      const shown = JSON.stringify(failedOf(await attempt('repeat')));
      for (const secret of [...subject.secrets, ...buildAttemptRequest().signingSecrets])
        expect(shown).not.toContain(secret);
    });

    it('says so by throwing when the service stops', async () => {
      const stop = new AbortController();
      void farEnd.called().then(() => stop.abort());
      await expect(attempt('hang', { signal: stop.signal })).rejects.toThrow(/abort/i);
      await expect(attempt('accept', { signal: stop.signal })).rejects.toThrow(/abort/i);
      expect(farEnd.calls()).toBe(1);
    });

    it.each([{ of: 'no use' }, null, 'text'])('does not throw for the credentials %j', async (credentials) => {
      const outcome = await attempt('accept', { credentials });
      expect(outcome).toMatchObject({ kind: 'failed', code: 'credentials_revoked', permanent: true });
      expect(farEnd.calls()).toBe(0);
    });
  });
}
