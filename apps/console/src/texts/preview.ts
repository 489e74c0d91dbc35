/** Messages and tests before anything is saved or sent. */
export const previewTexts = {
  show: 'Preview messages',
  hide: 'Hide preview',
  title: 'Message preview',
  event: 'Event',
  releases: 'Releases',
  alerts: 'Alerts about another destination',
  provider: 'Provider',
  posted: 'Body of the request',
  failed: 'The preview could not be made',
  test: 'Send a test',
  delivered: (ms: number) => `The test was delivered: the destination answered after ${ms} ms.`,
  notDelivered: 'The test was not delivered',
  notSent: 'No test was sent',
  nothingStored: 'The test goes to what is typed in. Nothing is saved.',
};
