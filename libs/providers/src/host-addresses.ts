import { within } from '#libs/deadline';
import type { ResolveName } from '#libs/outbound';

const WITHIN_MS = 2_000;

/** What a host name stands for right now; nothing where that is not known within two seconds. */
export async function hostAddresses(resolve: ResolveName, host: string): Promise<string[]> {
  const known = resolve(host).catch(() => []); // a name that is not there today may be tomorrow
  return (await within(WITHIN_MS, known, () => [])).map(({ address }) => address);
}
