import { startTransition, useEffect, useRef, useState, type RefObject } from 'react';

const STEP = 50;
/** So far ahead that nobody who scrolls sees the end. */
const AHEAD = '1500px';

/**
 * A long list is drawn by and by, for each row costs a few milliseconds: the first rows at once, the next ones as the
 * end of what is drawn comes near. `end` goes on an element below the last row.
 */
export function useSteps<T>(rows: readonly T[]): { drawn: readonly T[]; end: RefObject<HTMLDivElement | null> } {
  const [count, setCount] = useState(STEP);
  const end = useRef<HTMLDivElement>(null);
  const more = count < rows.length;
  useEffect(() => {
    if (!more || !end.current) return undefined;
    const watch = (entries: IntersectionObserverEntry[]): void => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) startTransition(() => setCount(count + STEP));
    };
    const observer = new IntersectionObserver(watch, { rootMargin: AHEAD });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [count, more]);
  return { drawn: more ? rows.slice(0, count) : rows, end };
}
