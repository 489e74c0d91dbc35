import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/queries.js';
import type { Tile } from '../api/types.js';

export interface Providers {
  all: readonly Tile[];
  /** Undefined until the API has answered, and for a provider that it does not offer. */
  tile: (id: string) => Tile | undefined;
  /** As people read it; its id while nothing better is known. */
  name: (id: string) => string;
}

/** What the API says of each provider: the console knows none by itself. */
export function useProviders(): Providers {
  const { data } = useQuery(queries.providers());
  return useMemo(() => {
    const byId = new Map<string, Tile>(data?.map((tile) => [tile.id, tile]));
    return { all: data ?? [], tile: (id) => byId.get(id), name: (id) => byId.get(id)?.name ?? id };
  }, [data]);
}
