const GIVE_UP_AFTER_MS = 15_000;

/** Asks until the answer is the one that is waited for. Returns the last answer, also where that takes too long. */
export async function askUntil<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean, everyMs: number): Promise<T> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    const answer = await ask();
    if (isIt(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => window.setTimeout(resolve, everyMs));
  }
}
