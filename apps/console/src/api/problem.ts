import type { components } from './schema.js';

/** What may be away by itself: deliveries have a service of their own, which the rest does not wait for. */
export type Area = 'delivery' | 'server';

export const areaOf = (url: string): Area =>
  new URL(url, window.location.origin).pathname.startsWith('/api/v1/deliveries') ? 'delivery' : 'server';

type ProblemDocument = components['schemas']['Problem'];

/** The API said no: a problem document (RFC 9457) with what is wrong, by field where it is about fields. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  /** What is wrong with which field, for the form to show beside it. */
  readonly fields: Readonly<Record<string, string>>;
  readonly area: Area;

  constructor(document: Partial<ProblemDocument> & { status: number }, area: Area = 'server') {
    super(document.title ?? `The server answered ${document.status}`);
    this.name = 'ApiProblem';
    this.status = document.status;
    this.type = document.type ?? 'about:blank';
    this.detail = document.detail;
    this.requestId = document.requestId;
    this.area = area;
    this.fields = Object.fromEntries((document.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

/** No answer came: the machine is offline, or the server is. */
export class Unreachable extends Error {
  readonly area = 'server';

  constructor(cause: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response;
  const area = areaOf(response.url);
  try {
    return new ApiProblem({ ...((await response.json()) as ProblemDocument), status }, area);
  } catch {
    return new ApiProblem({ status }, area); // something before the gateway answered, in its own format
  }
}

/** Why something did not work, in the API's own words where it has any. */
export const reasonOf = (error: Error): string => (error instanceof ApiProblem && error.detail) || error.message;

const AWAY = [502, 503, 504];

/** It passes by itself: asking again is all there is to do. */
export const passes = (error: unknown): error is ApiProblem | Unreachable =>
  error instanceof Unreachable || (error instanceof ApiProblem && AWAY.includes(error.status));
