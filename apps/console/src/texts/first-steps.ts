export const firstStepsTexts = {
  title: 'Get started',
  lead: 'Four steps until your team is notified of every release.',
  done: (done: number, of: number) => `${done} of ${of} done`,
  hide: 'Hide these steps',
  state: { done: 'Done', open: 'To do', unknown: 'Not known right now' },
  project: {
    title: 'Create a project',
    hint: 'A project is an app whose releases are announced.',
    action: 'Create a project',
  },
  destination: {
    title: 'Connect a destination',
    hint: 'Slack, Discord, Microsoft Teams, a webhook of your own, or email.',
    action: 'Choose a destination',
  },
  test: {
    title: 'Send a test',
    hint: 'See a message arrive before anybody depends on it.',
    before: 'Connect a destination first.',
    disabled: 'Enable a destination first.',
    action: 'Send a test',
    actionTo: (name: string) => `Send a test to ${name}`,
  },
  release: {
    title: 'Create a release',
    hint: 'Every destination that is subscribed to it is notified.',
    before: 'Create a project first.',
    action: 'Create a release',
    choose: 'Choose a project',
  },
};
