import type { ResolveName } from '#libs/outbound';

const WITHIN_MS = 2_000;

/** What a host name stands for right now; nothing where that is not known within two seconds. */
export async function hostAddresses(resolve: ResolveName, host: string): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never[]>((give) => {
    timer = setTimeout(() => give([]), WITHIN_MS);
  });
  const known = resolve(host).catch(() => []); // a name that is not there today may be tomorrow
  try {
    return (await Promise.race([known, late])).map(({ address }) => address);
  } finally {
    clearTimeout(timer);
  }
}
