import { QueryClient } from '@tanstack/react-query';
import { passes } from './problem.js';

const LONGEST_WAIT_MS = 8_000;

/** What passes is asked again until it has passed; what the API refuses is not asked twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always', // the browser's own idea of being online knows nothing of localhost
      refetchOnReconnect: 'always',
      staleTime: 5_000,
      retry: (_failures, error) => passes(error),
      retryDelay: (failures) => Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
