import { failedAttempt } from '../providers/outcome.js';
import type { AttemptOutcome } from '../providers/provider.js';

/** How an attempt ends that no destination has spoiled: shown and retried as any other, never lost. */
export const OWN_FAULT: AttemptOutcome = failedAttempt('client_error', {
  error:
    'NitroPush could not make this attempt because of a fault of its own. The log of the delivery service has it as attempt.failed.',
});

/** The credentials were sealed for a key that is not here: fresh ones help, and nothing is wrong with the destination. */
export const UNOPENABLE = failedAttempt('credentials_revoked', {
  error:
    'The stored credentials cannot be opened with the keys of this installation. Save the integration again with its credentials.',
  permanent: false,
});

const FRAME = /^\s+at /;

/** What a log may say of an error that came out of an attempt: not its message, which may hold what a destination answered. */
export function describeWithoutMessage(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack = '' } = error;
  const { code } = error as { code?: unknown };
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return { name, ...(typeof code === 'string' ? { code } : {}), stack: frames.join('\n') };
}
