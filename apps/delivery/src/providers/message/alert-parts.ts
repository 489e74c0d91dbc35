import type { DestinationEvent } from '#libs/contracts';
import { declarationOf } from '#libs/providers';
import { cleanLine } from './clean-text.js';
import { cut } from './cut.js';
import type { Fact, MessageParts } from './message-parts.js';

/** What follows a name must be seen in every title, and the shortest has 150 characters. */
const NAME = 100;

/** What a person is told of an alert: which destination, since when, why, and what to do. */
export function alertParts({ type, time, data }: DestinationEvent): MessageParts {
  const { destination, since, reason } = data;
  const provider = declarationOf(destination.provider)?.name ?? cleanLine(destination.provider);
  const name = cut(cleanLine(destination.name), NAME) || '–';
  const facts: Fact[] = [
    { label: 'Provider', value: provider, typed: false },
    { label: type === 'destination.recovered' ? 'Failed from' : 'Since', value: minute(since), typed: false },
    ...(type === 'destination.recovered' ? [{ label: 'Recovered', value: minute(time), typed: false }] : []),
    { label: 'Destination', value: cleanLine(destination.target) || '–', typed: true },
  ];
  return {
    title: `${name} ${STATES[type]}`,
    facts,
    description: [...(reason === null ? [] : [reason]), NEXT[type]].join('\n'),
    linkLabel: 'Open destination',
  };
}

const STATES: Record<DestinationEvent['type'], string> = {
  'destination.disconnected': 'is disconnected',
  'destination.failing': 'keeps failing',
  'destination.recovered': 'works again',
};

const NEXT: Record<DestinationEvent['type'], string> = {
  'destination.disconnected': 'No releases are sent to it until it is reconnected or a test succeeds.',
  'destination.failing': 'It has accepted no message since then.',
  'destination.recovered': 'It accepts messages again.',
};

/** `2026-11-27 05:02 UTC`: readers are in many time zones. */
const minute = (time: string): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
