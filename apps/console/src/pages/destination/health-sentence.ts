import type { Delivery, Integration } from '../../api/types.js';
import { destinationTexts } from '../../texts/destination.js';

const texts = destinationTexts.sentence;

type Judged = Pick<Integration, 'enabled' | 'health' | 'counts'>;
type Told = Pick<Delivery, 'status' | 'lastError'>;

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

/** What the newest message that did not arrive failed by. */
const whyOf = (recent: readonly Told[]): string | null =>
  recent.find(({ status, lastError }) => status !== 'delivered' && lastError !== null)?.lastError ?? null;
