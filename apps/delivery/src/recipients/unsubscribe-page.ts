import { page } from './public-page.js';

/** A form, because programs that look after links follow them: only the button unsubscribes. */
export const ASK_PAGE = page(
  'Unsubscribe from these mails?',
  'You will get no more mails from this notification. Other notifications that you get are not changed.',
  'Unsubscribe',
);

export const DONE_PAGE = page(
  'You are unsubscribed',
  'You get no more mails from this notification. To get them again, ask the team that set it up to add you to another one.',
);
