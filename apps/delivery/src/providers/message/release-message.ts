import { isAlert, type DeliveredEvent, type DeliveredType, type ReleaseEvent } from '#libs/contracts';
import { alertParts } from './alert-parts.js';
import { cleanLine, cleanText } from './clean-text.js';
import type { Fact, MessageParts } from './message-parts.js';
import { webAddress } from './web-address.js';

export interface Link {
  label: string;
  url: string;
}

/** What a person is told of an event, in the same words wherever it is read. Free of control characters. */
export interface ReleaseMessage {
  type: DeliveredType;
  /** `NitroPush iOS 1.0.5 released to prod`; typed in parts. */
  title: string;
  facts: Fact[];
  /** Typed in; may have several lines. */
  description: string | null;
  /** Null where a publisher gave something else than the address of a web page. */
  link: Link | null;
  /** ISO 8601. */
  time: string;
}

export const TEST_MARK = '[TEST]';

/** The one neutral description that every provider renders in its own form. */
export function releaseMessage(event: DeliveredEvent, test: boolean): ReleaseMessage {
  const { title, facts, description: text, linkLabel } = isAlert(event) ? alertParts(event) : releaseParts(event);
  const { url } = event.data;
  const description = cleanText(text);
  const address = url === undefined ? null : webAddress(url);
  return {
    type: event.type,
    title: `${test ? `${TEST_MARK} ` : ''}${title}`,
    facts,
    description: description === '' ? null : description,
    link: address === null ? null : { label: linkLabel, url: address },
    time: event.time,
  };
}

const releaseParts = (event: ReleaseEvent): MessageParts => ({
  title: titleOf(event),
  facts: factsOf(event),
  description: event.data.release.description ?? '',
  linkLabel: 'Open release',
});

/** Of some names nothing is left to be seen, and an empty text is refused in many places. */
const seen = (...names: string[]): string => names.map(cleanLine).find((name) => name !== '') ?? '–';

function titleOf({ type, data }: ReleaseEvent): string {
  const { project, release, previous } = data;
  const what = `${seen(project.name)} ${seen(release.version)}`;
  switch (type) {
    case 'release.created':
      return `${what} released to ${release.environment}`;
    case 'release.promoted':
      return `${what} promoted ${previous?.environment ? `${previous.environment} → ` : 'to '}${release.environment}`;
    case 'release.rollout_changed':
      return `${what} rollout ${rolloutOf(data)} in ${release.environment}`;
  }
}

/** `10 % → 50 %`, or `50 %` where it was not something else before. */
function rolloutOf({ release, previous }: ReleaseEvent['data']): string {
  const before = previous?.rolloutPercentage ?? null;
  return `${before === null ? '' : `${before} % → `}${release.rolloutPercentage} %`;
}

function factsOf({ data }: ReleaseEvent): Fact[] {
  const { release, previous, actor } = data;
  const ours = (label: string, value: string): Fact => ({ label, value, typed: false });
  const typed = (label: string, value: string): Fact => ({ label, value, typed: true });
  return [
    ours('Environment', release.environment),
    ours('Rollout', rolloutOf(data)),
    ...(previous?.environment ? [ours('Promoted from', previous.environment)] : []),
    ...(release.mandatory ? [ours('Mandatory', 'Yes, every user gets this update')] : []),
    typed('Version', seen(release.version)),
    typed('By', seen(actor.name, actor.id)),
  ];
}
