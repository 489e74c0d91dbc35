/**
 * Work that a test begins here and awaits later. Where it fails in between, whoever awaits it gets the error; without
 * this the error would have no listener by then, and end the run.
 */
export function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
