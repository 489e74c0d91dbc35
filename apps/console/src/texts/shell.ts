export const shellTexts = {
  product: 'NitroPush',
  productPart: 'notifications',
  skip: 'Skip to the content',
  navigation: 'Pages',
  nav: {
    integrations: 'Integrations',
    deliveries: 'Deliveries',
    releases: 'Releases',
    operations: 'Operations',
    activity: 'Activity',
  },
  /** After the figure. */
  needYou: (count: number) => (count === 1 ? 'destination needs you' : 'destinations need you'),
  needYouUnknown: 'It is not known which destinations need you',
  /** Of the tab. */
  tabTitle: (title: string, needYou: number) =>
    `${needYou > 0 ? `(${needYou}) ` : ''}${title} · NitroPush notifications`,
  account: (name: string) => `Account of ${name}`,
  organization: 'Organization',
  role: 'Role',
  signOut: 'Sign out',
  events: 'Event catalog',
  apiDocs: 'API documentation',
  scheme: { label: 'Colours', light: 'Light', dark: 'Dark', auto: 'Auto' },
  lost: 'The server cannot be reached; trying again …',
  deliveryAway: {
    since: (time: string) => `Delivery status is unavailable since ${time}`,
    hint: 'What you see is from before. Messages are kept and go out once the delivery service is back. Retrying automatically.',
    delayed: 'Delivery status is delayed',
    delayedHint: 'The delivery service answers slowly. Each value says as of when it is.',
    stalled: (time: string) => `Messages have not gone out since ${time}`,
    stalledHint: 'Kafka does not answer. Releases are accepted and kept, and their messages go out once it is back.',
  },
  loading: 'Loading',
  notFound: 'Page not found',
  notFoundHint: 'The page may have moved, or the link was cut short.',
  home: 'Go to the integrations',
};
