const messages = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'}`;
const because = (words: string, why: string | null): string => (why === null ? `${words}.` : `${words}: ${why}`);

export const destinationTexts = {
  back: 'All integrations',
  health: 'Health',
  about: 'Owner and note',
  sentence: {
    paused: (held: number) =>
      held === 0
        ? 'It is paused: new messages are held until you enable it.'
        : `It is paused: ${messages(held)} ${held === 1 ? 'is' : 'are'} held, and new ones are held until you enable it.`,
    unknown: 'The delivery service does not answer, so nobody knows whether messages arrive. Retrying automatically.',
    untried: 'Nothing has been sent here yet. Send a test to see a message arrive.',
    healthy: (failed: number) =>
      failed === 0
        ? 'Messages arrive.'
        : `Messages arrive, but ${messages(failed)} failed before and ${failed === 1 ? 'waits' : 'wait'} for you.`,
    failing: (why: string | null) => because('The latest message was not delivered', why),
    disconnected: (why: string | null) => because('Disconnected, so nothing is sent until you reconnect it', why),
  },
  next: 'The next try is',
  counts: {
    pending: (count: number) => `${count.toLocaleString('en')} waiting`,
    retrying: (count: number) => `${count.toLocaleString('en')} retrying`,
    dead: (count: number) => `${count.toLocaleString('en')} failed`,
    held: (count: number) => `${count.toLocaleString('en')} held`,
  },
  countsLabel: 'Open messages',
  deliverFailed: (count: number) => `Deliver ${count.toLocaleString('en')} failed`,
  retryNow: 'Retry now',
  retried: (count: number) =>
    count === 0 ? 'They are being tried already' : `${messages(count)} ${count === 1 ? 'is' : 'are'} tried now`,
  notRetried: 'Nothing was retried',
  progress: {
    label: 'Failed messages that have been sent again',
    done: (done: number, of: number) => `${done.toLocaleString('en')} of ${of.toLocaleString('en')} sent`,
    over: (of: number) => `${of.toLocaleString('en')} of ${of.toLocaleString('en')} sent`,
    see: 'See them',
  },
  attempts: 'Attempts',
  span: 'Time',
  spans: { '24h': '24 hours', '7d': '7 days' },
  test: {
    choose: 'Choose a test',
    title: (name: string) => `Test ${name}`,
    what: 'A sample is sent, marked as a test. Nothing is released.',
    event: 'Event',
    project: 'Project',
    newest: 'The newest project',
    send: 'Send the test',
  },
  settings: {
    title: 'Settings',
    edit: 'Edit',
    postsTo: (provider: string, destination: string, mails: boolean) =>
      `${provider}: ${mails ? 'sends to' : 'posts to'} ${destination}`,
    project: 'Project',
    events: 'Events',
    environments: 'Environments',
    alerts: 'Receives alerts about other destinations',
    on: 'Yes',
    off: 'No',
    concurrency: 'Deliveries at once',
    connected: 'Connected',
    changed: 'Last changed',
    seeEvents: 'See what we send',
  },
  activity: 'Activity',
  noActivity: 'Nothing has been changed yet.',
  recent: 'Recent deliveries',
  seeAll: 'See all deliveries',
  picked: {
    column: 'Select',
    all: 'Select all',
    one: (subject: string) => `Select ${subject}`,
    count: (count: number) => `${count} selected`,
    messages,
    retryNow: (count: number) => `Retry ${count} now`,
    redeliver: (count: number) => `Deliver ${count}`,
    discard: (count: number) => `Discard ${count}`,
    reconnectFirst: 'The destination is disconnected. Reconnect it first.',
  },
  movedOn: (count: number, asked: number) => `${count} of ${asked}: the others have changed meanwhile`,
  nothingSent: 'Nothing was sent here so far',
  nothingSentHint: 'Send a test, or create a release that this destination receives.',
  missing: {
    title: 'No such destination',
    hint: 'The link may be cut short, or it belongs to another organization. Look for the destination in the list.',
    deleted: 'This destination was deleted',
    deletedHint: 'Nothing is sent to it any more. Its deliveries are listed below for as long as they are kept.',
    deletedUnused: 'Nothing is sent to it any more.',
    deletedBy: (who: string, name: string) => `${who} deleted ${name}`,
    list: 'Go to the integrations',
  },
};
