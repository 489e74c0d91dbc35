import { releaseMessage } from '../message/release-message.js';
import type { Preview } from '../sent-request.js';
import { emailMessage } from './email.message.js';

export const emailPreview: Preview = ({ event, test }) => {
  const { subject, text } = emailMessage(releaseMessage(event, test));
  return { method: 'MAIL', headers: { subject }, body: text };
};
