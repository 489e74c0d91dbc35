import { emailMessage, type EmailMessage } from '../providers/email/email.message.js';

/** Nothing in it was typed in by anybody: who enters addresses of strangers cannot write to them by it. */
export const confirmationMessage = (address: string, page: string): EmailMessage =>
  emailMessage({
    type: 'release.created',
    title: 'Confirm that you want mails about releases',
    description:
      'A team that uses NitroPush has put this address on a list of people who are mailed when it releases an app. ' +
      'Nothing is sent to you before you confirm. If you do not know what this is about, ignore this mail.',
    facts: [{ label: 'Address', value: address, typed: true }],
    link: { label: 'Confirm', url: page },
    time: new Date().toISOString(),
  });
