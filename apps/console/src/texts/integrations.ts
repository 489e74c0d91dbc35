const LONGEST = 32;
/** A name within a badge, which has one line. */
const shortened = (name: string): string => {
  const letters = [...name];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : name;
};

export const integrationsTexts = {
  title: 'Integrations',
  lead: 'Where your releases are announced.',
  needYou: (count: number, of: number) =>
    `${count} of ${of} ${of === 1 ? 'destination' : 'destinations'} ${count === 1 ? 'needs' : 'need'} you`,
  connect: 'Connect a destination',
  tile: {
    available: { oauth: (name: string) => `Sign in to ${name} and pick a channel`, form: 'Set up with a short form' },
    comingSoon: 'Coming soon',
    notConfigured: 'Not configured',
    missing: (settings: string[]) => `To offer it, set ${settings.join(' and ')} on the server.`,
  },
  connected: 'Connected destinations',
  columns: {
    name: 'Destination',
    route: 'Receives',
    enabled: 'Enabled',
    health: 'Health',
    last: 'Last delivery',
  },
  search: 'Search by name, destination, project or owner',
  found: (shown: number, all: number) => (shown === all ? `${all} connected` : `${shown} of ${all}`),
  show: 'Show',
  shown: { all: 'All destinations', attention: 'Needs attention', disabled: 'Disabled' },
  nothingFound: 'No destination matches',
  nothingFoundHint: 'Search for something else, or look at all of them.',
  showAll: 'Show all',
  empty: 'No destination is connected',
  emptyHint: 'Connect a webhook, a chat channel or a list of addresses, and every release is announced there.',
  toggle: (name: string) => `${name} enabled`,
  toggleFailed: (name: string) => `${name} could not be changed`,
  dead: (count: number) => `${count} failed`,
  held: (count: number) => `${count} held`,
  waitingFor: (many: string, name: string) => `${many} for ${name}`,
  actions: 'Actions',
  recipients: {
    title: 'Recipients',
    of: (name: string) => `Recipients of ${name}`,
    count: (count: number) => (count === 1 ? '1 recipient' : `${count} recipients`),
    unconfirmed: (count: number, total: number) =>
      `${count} of ${total} ${total === 1 ? 'recipient' : 'recipients'} ${count === 1 ? 'has' : 'have'} not confirmed yet`,
    unsubscribed: (count: number) => `${count} unsubscribed`,
    again: 'Send again',
    asked: 'Asked',
    askedAgain: (count: number, tooSoon: number) =>
      [
        count > 0 ? `Sent to ${count}.` : 'No mail was sent.',
        ...(tooSoon > 0 ? [`${tooSoon} ${tooSoon === 1 ? 'was' : 'were'} asked less than an hour ago.`] : []),
      ].join(' '),
    state: { active: 'Active', unconfirmed: 'Not confirmed', unsubscribed: 'Unsubscribed' },
    meaning: {
      active: 'Gets every mail of this integration.',
      unconfirmed: 'Gets no mail before confirming by the link that was sent.',
      unsubscribed:
        'Gets no mail of this integration any more. Only the recipient can undo this, in another integration.',
    },
    remove: 'Remove',
    removeOne: (address: string) => `Remove ${address}`,
    changeDrains: 'Adding or removing a recipient also resends every failed message of this destination.',
    add: 'Add recipients',
    addNow: 'Add',
  },
  test: {
    send: 'Send test',
    label: (name: string) => `Test ${name}`,
    delivered: (name: string) => `${name}: the test was delivered`,
    took: (ms: number) => `The destination answered after ${ms} ms.`,
    failed: (name: string) => `${name}: the test was not delivered`,
    notSent: (name: string) => `${name}: no test was sent`,
    noAnswer: 'There is no answer yet. It will show in Deliveries.',
  },
  twin: {
    badge: (name: string) => `Same target as ${shortened(name)}`,
    badges: (count: number) => `Same target as ${count} others`,
    title: (name: string) => `${name} leads to the same target`,
    twice: (what: string) => `Both receive: ${what}. Each of these messages arrives twice.`,
    apart: 'Their routes do not overlap, so no message arrives twice.',
  },
  menu: {
    duplicate: 'Duplicate',
    label: (name: string) => `More for ${name}`,
    edit: 'Edit',
    reconnect: 'Reconnect',
    rotate: 'Rotate the signing secret',
    delete: 'Delete',
  },
  changed: (name: string) => `${name} is saved`,
  failed: 'That did not work',
  reconnect: {
    again: 'Reconnect',
    signIn: (name: string) => `Reconnect ${name}`,
    update: (name: string) => `Update ${name}`,
  },
  /** The drawer, which is fetched when it is opened. */
  recent: { of: (name: string) => `Recent deliveries to ${name}`, open: 'Recent deliveries' },
};
