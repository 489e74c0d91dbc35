import {
  HEADERS,
  INTEGRATION_STATE,
  STATE_COMPLETE_KEY,
  UnreadableEvent,
  parseEvent,
  type IntegrationState,
  type RawRecord,
  type ReleaseEvent,
} from '#libs/contracts';

/** A state that reached its topic after events that were accepted later than it. */
export interface LateState {
  state: IntegrationState;
  /** Epoch ms. */
  savedAt: number;
}

/** How far hosts' clocks may differ. It lets in events of shortly before the save, so that none of after it is missed. */
export const CLOCKS_DIFFER_MS = 5_000;

/** Undefined for a state that was in time, for a tombstone, and for what cannot be read: the reader of the topic says so. */
export function lateStateOf(record: RawRecord & { key: string | null }): LateState | undefined {
  const savedAt = Number(record.headers[HEADERS.savedAt]);
  if (!Number.isFinite(savedAt) || record.value === null || record.key === STATE_COMPLETE_KEY) return undefined;
  try {
    return { state: parseEvent(INTEGRATION_STATE, record), savedAt };
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

/** How an event came, as far as it matters here. */
export interface Accepted {
  /** It was sent before. */
  resent: boolean;
  /** When its record was made, epoch ms. */
  timestamp: number;
}

interface Held extends LateState {
  /** When the next of its integration was saved, where that was late, too. */
  until: number;
}

/** Late states by organization, to be asked which of them an event has passed by. */
export class PassedBy {
  private readonly byOrganization = new Map<string, Held[]>();

  constructor(states: readonly LateState[]) {
    const next = new Map<string, Held>();
    for (const late of states.toSorted((a, b) => b.savedAt - a.savedAt)) {
      const { id, organizationId } = late.state;
      const held = { ...late, until: next.get(id)?.savedAt ?? Infinity };
      next.set(id, held);
      const own = this.byOrganization.get(organizationId);
      if (own) own.push(held);
      else this.byOrganization.set(organizationId, [held]);
    }
  }

  /**
   * The states that may have held when the event was accepted. Our own events say when that was; the clocks of other
   * publishers are not known, so that it is when their record was made.
   */
  of({ time, source, data }: ReleaseEvent, { resent, timestamp }: Accepted): IntegrationState[] {
    const acceptedAt = source === undefined && !resent ? Date.parse(time) : timestamp;
    return (this.byOrganization.get(data.organizationId) ?? [])
      .filter(({ savedAt, until }) => acceptedAt >= savedAt - CLOCKS_DIFFER_MS && acceptedAt < until + CLOCKS_DIFFER_MS)
      .map(({ state }) => state);
  }
}
