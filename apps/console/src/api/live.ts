import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useAttempts } from './delivery-stream.js';
import type { AttemptEvent } from './types.js';

const AT_MOST_EVERY_MS = 1_000;

/** Asks these lists again when something was attempted, once a second at most, however much happens. */
export function useRefreshOnAttempts(...lists: QueryKey[]): void {
  useRefreshWhere(() => true, lists);
}

/** The same for what is shown of one destination. */
export function useRefreshOnAttemptsOf(integrationId: string, ...lists: QueryKey[]): void {
  useRefreshWhere(({ delivery }) => delivery.integrationId === integrationId, lists);
}

function useRefreshWhere(concerns: (event: AttemptEvent) => boolean, lists: QueryKey[]): void {
  const client = useQueryClient();
  const due = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(due.current), []);
  useAttempts((event) => {
    if (due.current !== undefined || !concerns(event)) return;
    due.current = window.setTimeout(() => {
      due.current = undefined;
      for (const queryKey of lists) void client.invalidateQueries({ queryKey });
    }, AT_MOST_EVERY_MS);
  });
}

/** For lists that show what no attempt tells of, such as what is held: asked afresh when one comes to the page, and by the clock. */
export const LIVE = { refetchOnMount: 'always', refetchInterval: 15_000 } as const;
