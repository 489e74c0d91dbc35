/** One line of progress on the terminal. */
export type Say = (line: string) => void;

const DOT_EVERY_MS = 3_000;

/** Says that something takes its time, and goes on saying so until it is done. */
export async function withProgress<T>(say: Say, what: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  say(`${what} …`);
  const timer = setInterval(
    () => say(`  still at it (${Math.round((Date.now() - began) / 1000)} s): ${what.toLowerCase()}`),
    DOT_EVERY_MS,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
