export const eventsTexts = {
  title: 'Event catalog',
  lead: 'Every event that a destination can receive.',
  back: 'Event catalog',
  list: 'Event types',
  columns: { type: 'Event type', summary: 'Meaning', field: 'Field', valueType: 'Type', meaning: 'Meaning' },
  when: 'When it is sent',
  fields: 'Fields',
  optional: 'optional',
  example: 'Example',
  provider: 'As received by',
  curl: 'Send it to yourself',
  command: 'Command',
  curlHint:
    'The request of a custom webhook, signed. Set URL and WEBHOOK_SECRET to those of your receiver, or start a receiver below and use the values as they are.',
  verify: 'Verify the signature',
  verifyHint:
    'Save it, set WEBHOOK_SECRET to the signing secret, and start it. Node needs the package standardwebhooks.',
  language: 'Language',
  missing: 'No such event type',
  missingHint: 'The link may be cut short. The catalog lists every event type.',
  toCatalog: 'Go to the event catalog',
};
