import type { Changed } from '../pages/integrations/changed-in.js';

/** Of forms and dialogs, which come once they are opened. */
export const integrationDialogTexts = {
  form: {
    connect: (provider: string) => `Connect ${provider}`,
    duplicate: (name: string) => `Duplicate ${name}`,
    edit: (name: string) => `Edit ${name}`,
    connectNow: 'Connect',
    save: 'Save',
    /** What the button beside it does. */
    changes: (changed: readonly Changed[]) =>
      changed.length === 0 ? 'No changes' : `Changes the ${changed.join(', ')}`,
    continueTo: (provider: string) => `Continue to ${provider}`,
    name: 'Name',
    nameOfChannel: 'Optional. Defaults to the channel name.',
    route: 'Route releases from',
    oneProject: 'One project',
    project: 'Project',
    chooseProject: 'Choose a project',
    events: 'Events',
    environments: 'Environments',
    alerts: 'Also tell us when a destination stops working',
    alertsHint: 'When another destination on this route is disconnected, keeps failing, or has recovered.',
    /** After the releases that it receives. */
    withAlerts: ' · Alerts',
    owner: 'Owner',
    ownerHint: 'Optional. Who to ask about it: a person, a team or an email address.',
    note: 'Note',
    noteHint:
      'Optional. Its purpose, and what to do when it fails. Never sent. Everyone in your organization can read it.',
    /** In a tab of its own, for the form is not finished. */
    seeEvents: 'See what we send (opens a new tab)',
    allOfThem: 'Nothing selected = all',
    saved: (destination: string) => `Saved: ${destination}`,
    replace: 'Replace',
    replaceOne: (label: string) => `Replace the ${label}`,
    kept: {
      isSet: (what: string) => `An ${what} is set.`,
      maybe: (what: string) => `An ${what} may be set.`,
      removed: (what: string) => `The ${what} is removed when you save.`,
      otherHost: (what: string, origin: string) =>
        `The saved ${what} is sent to ${origin} only. Enter it again for the new host, or remove it.`,
      keep: (what: string) => `Keep the saved ${what}`,
      replace: 'Replace',
      replaceOne: (what: string) => `Replace the ${what}`,
      remove: 'Remove',
      removeOne: (what: string) => `Remove the ${what}`,
      undo: 'Undo',
    },
    willDrain: (dead: number) =>
      `Saving delivers ${dead === 1 ? 'the failed message' : `the ${dead} failed messages`} of this destination, oldest first.`,
  },
  secret: {
    title: (name: string) => `Signing secret of ${name}`,
    once: 'The destination verifies our messages with it. It is shown this once: copy it now.',
    rotated:
      'Set it at the destination within 24 hours: until then messages are signed with the old secret, too. It is shown this once.',
    verify: 'How to verify messages with it',
    notCopied: 'Copy it before you close this.',
    copied: 'Copied. Keep it where only the destination reads it.',
    withoutCopying: 'Close without copying',
    kept: "I've saved it",
    unsaved: {
      title: 'Leave without copying the secret?',
      what: 'You cannot view it later, only rotate it.',
      keep: 'Keep it open',
      discard: 'Leave',
    },
  },
  rotate: {
    title: (name: string) => `Rotate the signing secret of ${name}?`,
    what: 'You get a new secret, once. Every message is signed with the new and the old secret for 24 hours.',
    consequences: [
      'Set the new secret at the destination within 24 hours.',
      'After that the old secret is not used any more: a destination that knows only the old one refuses every message.',
    ],
    action: 'Rotate the secret',
  },
  remove: {
    title: (name: string) => `Delete ${name}?`,
    what: 'It stops receiving releases, and waiting messages are deleted. You can undo this for 10 seconds.',
    action: 'Delete',
    soon: (name: string) => `${name} will be deleted`,
    failed: (name: string) => `${name} could not be deleted`,
  },
  result: {
    connected: (name: string) => `${name} is connected`,
    open: 'See the destination',
    connectedHint: 'Send a test to see it arrive.',
    reconnected: (name: string) => `${name} is reconnected`,
    renamed: (before: string, now: string) => `Renamed from ${before} to ${now}, as its channel.`,
    drained: (done: number, of: number) =>
      done === of
        ? `${of === 1 ? '1 failed message was' : `${of} failed messages were`} delivered.`
        : `${done} of ${of} failed messages delivered so far.`,
    faults: {
      access_denied: 'You cancelled at the provider. Nothing changed.',
      state_unknown: 'This link has expired. Start again.',
      state_expired: 'More than ten minutes passed. Start again.',
      other_browser: 'You started in another browser. Start again in this one.',
      integration_missing: 'The destination to reconnect was deleted meanwhile.',
      project_missing: 'The project was deleted meanwhile. Choose another one.',
      provider_refused: 'The provider refused our request. The operator of this system finds the reason in its log.',
      provider_unavailable: 'The provider did not answer in time. Try again in a minute.',
      no_webhook: 'The provider gave us no channel to post to. Pick one when it asks.',
      address_forbidden: 'The provider named an address that is not its own. Tell the operator of this system.',
      limit_reached: 'Your organization has reached its limit of integrations. Delete one that you no longer need.',
    } as Record<string, string>,
    unknownFault: 'Something went wrong. Try again; if it happens again, tell the operator of this system.',
    failed: (provider: string) => `${provider} was not connected`,
  },
};
