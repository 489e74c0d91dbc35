import { Button } from '@mantine/core';
import { useState } from 'react';
import { commonTexts } from '../texts/common.js';

interface Cut<T> {
  shown: readonly T[];
  /** How many are not shown. */
  left: number;
  showAll: () => void;
}

/** The first ones of a list, and all of them once somebody asks. One more is shown rather than "Show 1 more". */
export function useCut<T>(all: readonly T[], first: number): Cut<T> {
  const [whole, setWhole] = useState(false);
  const shown = whole || all.length <= first + 1 ? all : all.slice(0, first);
  return { shown, left: all.length - shown.length, showAll: () => setWhole(true) };
}

/** Below a list that is cut. */
export function ShowMore({ left, showAll }: Pick<Cut<unknown>, 'left' | 'showAll'>) {
  if (left === 0) return null;
  return (
    <Button variant="subtle" size="compact-sm" mt={6} onClick={showAll}>
      {commonTexts.showMore(left)}
    </Button>
  );
}
