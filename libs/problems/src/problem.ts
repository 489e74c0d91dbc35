/** One thing that is wrong with the input: the path of the field (`credentials.url`) and a sentence. */
export interface FieldError {
  field: string;
  message: string;
}

export interface ProblemOptions {
  detail?: string;
  errors?: FieldError[];
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
}

/**
 * A refusal that the caller is told of, as an RFC 9457 problem document.
 * `code` is stable and for programs; it ends the document's `type`.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? title);
  }
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
  requestId: string;
}

/** The document that a caller reads. */
export function problemDocument(problem: Problem, requestId: string): ProblemDocument {
  const { detail, errors } = problem.options;
  return {
    type: `urn:nitropush:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    requestId,
  };
}

/** 400: the input is malformed. */
export const invalidInput = (errors: FieldError[]): Problem =>
  new Problem(400, 'invalid-input', 'The request is not valid', {
    detail: 'Some fields are wrong; see errors.',
    errors,
  });

/** 422: well-formed, but cannot be. */
export const unprocessable = (field: string, message: string): Problem =>
  new Problem(422, 'unprocessable', 'The request cannot be carried out', {
    detail: message,
    errors: [{ field, message }],
  });

/** 404, also for what belongs to another organization. */
export const notFound = (what: string): Problem =>
  new Problem(404, 'not-found', `There is no such ${what}`, {
    detail: `No ${what} with this id exists in your organization.`,
  });

/** 409. */
export const conflict = (detail: string, errors?: FieldError[]): Problem =>
  new Problem(409, 'conflict', 'The request conflicts with what is there', { detail, errors });

/** 409: a cap of the operator's is reached. `setting` names it, `what` says how many there may be of what. */
export const limitReached = (setting: string, what: string): Problem =>
  new Problem(409, 'limit-reached', 'A limit is reached', {
    detail: `There may be ${what} at most (${setting}). Delete some that are no longer needed, or ask who runs this system.`,
  });

/** 429: more in a time than there may be. */
export const tooMany = (detail: string, retryAfterSeconds: number): Problem =>
  new Problem(429, 'rate-limited', 'Too many requests', { detail, retryAfterSeconds: Math.max(1, retryAfterSeconds) });

/** 503: something we need is away for the moment; nothing was changed. */
export const unavailable = (what: string, retryAfterSeconds = 2): Problem =>
  new Problem(503, 'unavailable', 'The service cannot do this right now', {
    detail: `${what} cannot be reached. Nothing was changed; try again in a moment.`,
    retryAfterSeconds,
  });

/** 503: something we need was lost while it worked for this call. */
export const brokenOff = (what: string, retryAfterSeconds = 2): Problem =>
  new Problem(503, 'unavailable', 'The service cannot do this right now', {
    detail: `${what} broke off. Whether a change was made is not known: repeat the call with the same Idempotency-Key.`,
    retryAfterSeconds,
  });
