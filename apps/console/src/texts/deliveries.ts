export const deliveriesTexts = {
  title: 'Deliveries',
  lead: 'Each message to each destination, newest first. The list is live.',
  columns: { status: 'Status', event: 'Event', destination: 'Destination', attempts: 'Attempts', time: 'Time' },
  integrationGone: 'A deleted integration',
  empty: 'Nothing was sent so far',
  emptyHint: 'Create a release, or send a test to a destination: the message shows up here at once.',
  older: 'Show older',
};
