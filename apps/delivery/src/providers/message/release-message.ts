import type { EventType, ReleaseEvent } from '#libs/contracts';
import { cleanLine, cleanText } from './clean-text.js';

export interface Fact {
  label: string;
  value: string;
  /** Typed in by somebody: it may hold anything, and must not become markup. */
  typed: boolean;
}

/** What a person is told of a release event, in the same words wherever it is read. Free of control characters. */
export interface ReleaseMessage {
  type: EventType;
  /** `NitroPush iOS 1.0.5 released to prod`; typed in parts. */
  title: string;
  facts: Fact[];
  /** Typed in; may have several lines. */
  description: string | null;
  link: { label: string; url: string };
  /** ISO 8601. */
  time: string;
}

export const TEST_MARK = '[TEST]';

/** The one neutral description that every provider renders in its own form. */
export function releaseMessage(event: ReleaseEvent, test: boolean): ReleaseMessage {
  const { release, url } = event.data;
  const description = cleanText(release.description ?? '');
  return {
    type: event.type,
    title: `${test ? `${TEST_MARK} ` : ''}${titleOf(event)}`,
    facts: factsOf(event),
    description: description === '' ? null : description,
    link: { label: 'Open release', url: url! },
    time: event.time,
  };
}

function titleOf({ type, data }: ReleaseEvent): string {
  const { project, release, previous } = data;
  const what = `${cleanLine(project.name)} ${cleanLine(release.version)}`;
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
  const typed = (label: string, value: string): Fact => ({ label, value: cleanLine(value), typed: true });
  return [
    ours('Environment', release.environment),
    ours('Rollout', rolloutOf(data)),
    ...(previous?.environment ? [ours('Promoted from', previous.environment)] : []),
    ...(release.mandatory ? [ours('Mandatory', 'Yes, every user gets this update')] : []),
    typed('Version', release.version),
    typed('By', actor.name || actor.id),
  ];
}
