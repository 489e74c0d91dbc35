export const releasesTexts = {
  title: 'Releases',
  lead: 'Your projects and what is out in each environment.',
  empty: 'There is no project yet',
  emptyHint: 'A project is an app whose releases are announced.',
  back: 'All projects',
  columns: {
    project: 'Project',
    created: 'Created',
    version: 'Version',
    environment: 'Environment',
    rollout: 'Rollout',
    changed: 'Changed',
  },
  noReleases: 'This project has no release yet',
  noReleasesHint: 'The first release shows up here, and at every destination that hears of this project.',
  mandatory: 'Mandatory',
};
