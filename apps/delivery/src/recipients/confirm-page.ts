import { page } from './public-page.js';

/** A form, because programs that look after links follow them: only the button confirms. */
export const CONFIRM_PAGE = page(
  'Get mails about releases?',
  'A team that uses NitroPush wants to send you a mail when it releases an app. Each mail has a link to unsubscribe.',
  'Yes, send them to me',
);

export const CONFIRMED_PAGE = page(
  'You are on the list',
  'From now on you get the mails of this team. Each of them has a link to unsubscribe.',
);
