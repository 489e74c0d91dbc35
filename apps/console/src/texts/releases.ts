import type { Environment, EventType } from '../api/types.js';
import { commonTexts } from './common.js';

const { environments } = commonTexts;
type Notify = { now: number; of: number } | undefined;
const notified = (notify: Notify): string => {
  if (notify === undefined) return '';
  const { now, of } = notify;
  return now === of ? ` · notify ${now}` : ` · notify ${now} of ${of}`;
};
const destinations = (count: number): string => `${count} ${count === 1 ? 'destination' : 'destinations'}`;

export const releasesTexts = {
  title: 'Releases',
  lead: 'Your projects and what is out in each environment.',
  empty: 'There is no project yet',
  emptyHint: 'A project is an app whose releases are announced. Create one, then its first release.',
  back: 'All projects',
  columns: { project: 'Project', created: 'Created', actions: 'Actions' },
  project: {
    create: 'New project',
    createNow: 'Create',
    rename: 'Rename',
    renameOf: (name: string) => `Rename ${name}`,
    name: 'Name',
    nameHint: 'As the messages call it, such as NitroPush iOS.',
    created: (name: string) => `${name} is created`,
    renamed: (name: string) => `Renamed to ${name}`,
  },
  noneHere: {
    test: 'Nothing is in Test.',
    stage: 'Nothing is in Stage.',
    prod: 'Nothing is in Production.',
  } satisfies Record<Environment, string>,
  /** In a cell, where no release is in an environment. */
  nothingOut: '–',
  share: (percentage: number) => `${percentage} %`,
  environment: 'Environment',
  older: 'Show older',
  olderOf: (environment: Environment) => `Show older in ${environments[environment]}`,
  mandatory: 'Mandatory',
  mandatoryMeaning: 'Every device has to take it before the app goes on',
  rolledOut: (percentage: number) => `${percentage} % rolled out`,
  create: 'New release',
  promote: 'Promote',
  promoteOf: (version: string, from: Environment) => `Promote ${version} from ${environments[from]}`,
  rollout: 'Rollout',
  rolloutOf: (version: string, environment: Environment) =>
    `Change the rollout of ${version} in ${environments[environment]}`,
  correctOf: (version: string, environment: Environment) =>
    `Correct the description of ${version} in ${environments[environment]}`,
  correct: {
    open: 'Correct the description',
    hint: 'The history keeps what it was before. The same version in other environments stays as it is.',
    sentence: 'Nobody is notified. Messages that were sent stay as they are; later ones show it.',
    action: 'Save',
    done: (version: string) => `The description of ${version} is corrected`,
  },
  form: {
    create: 'New release',
    createNow: 'Release',
    version: 'Version',
    versionHint: 'Such as 1.0.5 or 2.0.0-beta.1',
    environment: 'Environment',
    target: 'To',
    description: 'What is new',
    descriptionHint: 'Every message shows it.',
    mandatory: 'Mandatory update',
    rollout: 'Rollout',
    rolloutNumber: 'Rollout in percent',
    rolloutHint: 'The share of devices that are offered it.',
    unchanged: (percentage: number) => `Already at ${percentage} %. Change the value to notify anyone.`,
    change: 'Change the rollout',
    /** What the button beside it does. */
    sentence: {
      create: (version: string, to: Environment, notify: Notify) =>
        `Release ${version === '' ? '' : `${version} `}to ${environments[to]}${notified(notify)}`,
      promote: (version: string, to: Environment, notify: Notify) =>
        `Promote ${version} to ${environments[to]}${notified(notify)}`,
      rollout: (version: string, percentage: number, where: Environment, notify: Notify) =>
        `Roll ${version} out to ${percentage} % in ${environments[where]}${notified(notify)}`,
    },
    failed: 'That did not work',
  },
  hear: {
    title: 'Who gets notified',
    nobody: 'No destination is subscribed to this project and environment.',
    connect: 'Connect one',
    loading: 'Finding out who gets notified',
    notNotified: {
      held: { word: 'Paused', why: 'Its message is held until somebody enables it' },
      disconnected: { word: 'Disconnected', why: 'It refuses every message. Reconnect it first' },
      unknown: { word: 'Unknown', why: 'The delivery service does not answer' },
    },
    see: (name: string) => `See ${name}`,
    seeShort: 'See it',
    sum: ({
      notified,
      disconnected,
      held,
      unknown,
    }: Record<'notified' | 'disconnected' | 'held' | 'unknown', number>) =>
      [
        notified === 0 ? 'Nobody is notified now' : `${destinations(notified)} notified`,
        disconnected > 0 && `${disconnected} disconnected`,
        held > 0 && `${held} held`,
        unknown > 0 && `${unknown} unknown`,
      ]
        .filter((part) => part !== false)
        .join(', '),
  },
  history: 'History',
  told: {
    done: {
      'release.created': (version: string, environment: Environment) => `${version} is in ${environments[environment]}`,
      'release.promoted': (version: string, environment: Environment) =>
        `${version} is promoted to ${environments[environment]}`,
      'release.rollout_changed': (version: string, environment: Environment) =>
        `The rollout of ${version} in ${environments[environment]} is changed`,
    } satisfies Record<EventType, (version: string, environment: Environment) => string>,
    delivered: (delivered: number, all: number) => `Delivered to ${delivered} of ${all}`,
    nobody: 'No destination is subscribed',
    unknown: 'The delivery service does not answer. Messages are kept and go out once it is back.',
    counts: {
      waiting: (count: number) => `${count} on the way`,
      retrying: (count: number) => `${count} retrying`,
      dead: (count: number) => `${count} failed`,
      held: (count: number) => `${count} held`,
      dropped: (count: number) => `${count} discarded`,
    },
    seeRelease: 'See the release',
    close: 'Done',
  },
  one: {
    title: (version: string, environment: Environment) => `${version} in ${environments[environment]}`,
    facts: 'Facts',
    environment: 'Environment',
    rollout: 'Rollout',
    created: 'Since',
    changed: 'Changed',
    origin: 'Promoted from',
    description: 'What is new',
    noDescription: 'Nothing was written.',
    heard: 'Notifications',
    heardHint: 'Every change of this release, newest first.',
    happened: {
      'release.created': () => 'Created',
      'release.promoted': (from: Environment | undefined) =>
        from === undefined ? 'Promoted' : `Promoted from ${environments[from]}`,
      'release.rollout_changed': () => 'Rollout changed',
    } satisfies Record<EventType, (from: Environment | undefined) => string>,
    openOf: (name: string) => `Open the delivery to ${name}`,
    gone: 'A deleted destination',
    older: 'Show older changes',
  },
};
