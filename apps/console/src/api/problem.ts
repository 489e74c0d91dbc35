import type { components } from './schema.js';

type ProblemDocument = components['schemas']['Problem'];

/** The API said no: a problem document (RFC 9457) with what is wrong, by field where it is about fields. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  /** What is wrong with which field, for the form to show beside it. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(document: Partial<ProblemDocument> & { status: number }) {
    super(document.title ?? `The server answered ${document.status}`);
    this.name = 'ApiProblem';
    this.status = document.status;
    this.type = document.type ?? 'about:blank';
    this.detail = document.detail;
    this.requestId = document.requestId;
    this.fields = Object.fromEntries((document.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

/** No answer came: the machine is offline, or the server is. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response;
  try {
    return new ApiProblem({ ...((await response.json()) as ProblemDocument), status });
  } catch {
    return new ApiProblem({ status }); // something before the gateway answered, in its own format
  }
}

const AWAY = [502, 503, 504];

/** It passes by itself: asking again is all there is to do. */
export const passes = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiProblem && AWAY.includes(error.status));
