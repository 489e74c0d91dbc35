import { session } from '../auth/session-store.js';
import { waiting } from './connection.js';
import { Unreachable, areaOf, problemOf } from './problem.js';

/** A service that has not answered by then is taken for one that is away; its answer still counts when it comes. */
const OVERDUE_MS = 3_000;

/** One call with the caller's token. A token that has run out is renewed once; then the caller signs in again.
 * @throws ApiProblem for an answer that is no success, Unreachable where there is none */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  let response = await withToken(request);
  if (response.status === 401 && (await session.renew())) response = await withToken(again);
  if (response.status === 401) session.expire();
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function withToken(request: Request): Promise<Response> {
  const token = session.current?.token;
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  const call = Symbol(request.url);
  const overdue = setTimeout(() => waiting.set(call, areaOf(request.url)), OVERDUE_MS);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable(error);
  } finally {
    clearTimeout(overdue);
    waiting.set(call, undefined);
  }
}
