import { describe, expect, it } from 'vitest';
import { changeText, isTold } from './change-text.js';

const projects = new Map([['p1', 'Checkout']]);

describe('a change reads', () => {
  it.each([
    [{ field: 'name', before: 'QA', after: 'QA team' }, 'Name: QA → QA team'],
    [{ field: 'name', before: null, after: 'QA' }, 'Name: QA'],
    [{ field: 'environments', before: null, after: 'stage, prod' }, 'Environments: all → Stage, Production'],
    [{ field: 'environments', before: 'prod', after: null }, 'Environments: Production → all'],
    [{ field: 'enabled', before: 'true', after: 'false' }, 'Enabled: on → off'],
    [{ field: 'projectId', before: null, after: 'p1' }, 'Project: all projects → Checkout'],
    [{ field: 'projectId', before: 'p1', after: 'p2' }, 'Project: Checkout → a project that is gone'],
    [{ field: 'rolloutPercentage', before: '10', after: '40' }, 'Rollout: 10 % → 40 %'],
    [{ field: 'environment', before: 'stage', after: 'prod' }, 'Environment: Stage → Production'],
    [{ field: 'credentials', before: 'https://a/…', after: 'https://a/…' }, 'New credentials: https://a/…'],
    [
      { field: 'credentials', before: 'https://a/…', after: 'https://b/…' },
      'New credentials: https://a/… → https://b/…',
    ],
    [{ field: 'owner', before: null, after: 'Ada' }, 'Owner: none → Ada'],
    [{ field: 'note', before: 'For QA.', after: null }, 'Note: For QA. → none'],
    [{ field: 'somethingNew', before: 'a', after: null }, 'somethingNew: a → –'],
  ])('%j', (change, text) => {
    expect(changeText(change, projects)).toBe(text);
  });
});

it('a project is not called gone while nobody knows the projects', () =>
  expect(changeText({ field: 'projectId', before: null, after: 'p1' }, undefined)).toBe(
    'Project: all projects → Unknown',
  ));

describe('of a destination that was connected', () => {
  it.each([
    [{ field: 'projectId', before: null, after: 'p1' }, 'Project: Checkout'],
    [{ field: 'environments', before: null, after: 'prod' }, 'Environments: Production'],
    [{ field: 'alerts', before: null, after: 'true' }, 'Alerts: on'],
  ])('%j is told without what there was before', (change, text) => {
    expect([isTold(change, true), changeText(change, projects, true)]).toEqual([true, text]);
  });

  it.each([
    { field: 'enabled', before: null, after: 'true' },
    { field: 'alerts', before: null, after: 'false' },
    { field: 'name', before: null, after: 'QA' },
  ])('%j is not told: it says nothing', (change) => expect(isTold(change, true)).toBe(false));

  it('is told when it is changed later', () =>
    expect(isTold({ field: 'enabled', before: 'false', after: 'true' }, false)).toBe(true));
});
