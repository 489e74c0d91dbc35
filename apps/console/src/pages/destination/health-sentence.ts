import type { Delivery, Integration } from '../../api/types.js';
import { destinationTexts } from '../../texts/destination.js';

const texts = destinationTexts.sentence;

type Judged = Pick<Integration, 'enabled' | 'health' | 'counts'>;
type Told = Pick<Delivery, 'status' | 'lastError' | 'lastErrorCode'>;

/** How a destination is doing and why, in one sentence. What is not known is never told as fine. @param recent newest first */
export function healthSentence({ enabled, health, counts }: Judged, recent: readonly Told[]): string {
  if (!enabled) return texts.paused(counts?.held ?? 0);
  switch (health) {
    case null:
      return texts.unknown;
    case 'unknown':
      return texts.untried;
    case 'healthy':
      return texts.healthy(counts?.dead ?? 0);
    case 'failing':
      return texts.failing(whyOf(recent));
    case 'needs_reconnect':
      return texts.disconnected(whyOf(recent));
  }
}

/** By what the newest message failed that was really sent: that a later one was not says nothing of the cause. */
const whyOf = (recent: readonly Told[]): string | null =>
  recent.find(
    ({ status, lastError, lastErrorCode }) =>
      status !== 'delivered' && lastError !== null && lastErrorCode !== 'needs_reconnect',
  )?.lastError ?? null;
