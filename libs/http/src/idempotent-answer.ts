/** For `@ApiHeader`: every POST that creates takes it. */
export const IDEMPOTENCY_HEADER = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours.',
  // printable ASCII; blanks around the value of a header are no part of it
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]([ -~]*[!-~])?$' },
} as const;

/** What of Express' response an answer needs. */
export interface AnswerTarget {
  status: (code: number) => unknown;
  setHeader: (name: string, value: string) => unknown;
}

/** Gives the answer its status, and says where it is a repetition. */
export function sendAnswer<T>(
  response: AnswerTarget,
  { status, body, replayed }: { status: number; body: T; replayed: boolean },
): T {
  response.status(status);
  if (replayed) response.setHeader('idempotent-replayed', 'true');
  return body;
}
