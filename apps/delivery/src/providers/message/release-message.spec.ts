import { describe, expect, it } from 'vitest';
import type { ReleaseEvent } from '#libs/contracts';
import { buildReleaseEvent } from '../build-attempt-request.suite.js';
import { releaseMessage } from './release-message.js';

type Release = Partial<ReleaseEvent['data']['release']>;

function build(
  type: ReleaseEvent['type'],
  previous: ReleaseEvent['data']['previous'],
  release: Release = {},
): ReleaseEvent {
  const event = buildReleaseEvent({ type });
  return { ...event, data: { ...event.data, previous, release: { ...event.data.release, ...release } } };
}

const facts = (event: ReleaseEvent): Record<string, string> =>
  Object.fromEntries(releaseMessage(event, false).facts.map(({ label, value }) => [label, value]));

describe('what is said of a release', () => {
  it.each<[string, ReleaseEvent]>([
    ['NitroPush iOS 1.0.5 released to prod', build('release.created', null)],
    [
      'NitroPush iOS 1.0.5 promoted stage → prod',
      build('release.promoted', { environment: 'stage', rolloutPercentage: null }),
    ],
    ['NitroPush iOS 1.0.5 promoted to prod', build('release.promoted', null)],
    [
      'NitroPush iOS 1.0.5 rollout 10 % → 50 % in prod',
      build('release.rollout_changed', { environment: null, rolloutPercentage: 10 }),
    ],
    ['NitroPush iOS 1.0.5 rollout 50 % in prod', build('release.rollout_changed', null)],
  ])('%s', (title, event) => {
    expect(releaseMessage(event, false).title).toBe(title);
    expect(releaseMessage(event, true).title).toBe(`[TEST] ${title}`);
  });

  it('has the facts, and says that it is mandatory only where it is', () => {
    const promoted = build('release.promoted', { environment: 'stage', rolloutPercentage: null });
    expect(facts(promoted)).toEqual({
      Environment: 'prod',
      Rollout: '50 %',
      'Promoted from': 'stage',
      Mandatory: 'Yes, every user gets this update',
      Version: '1.0.5',
      By: 'Ada',
    });
    expect(facts(build('release.created', null, { mandatory: false }))).not.toHaveProperty('Mandatory');
    expect(facts(build('release.rollout_changed', { environment: null, rolloutPercentage: 10 }))).toMatchObject({
      Rollout: '10 % → 50 %',
    });
  });

  it.each<[string | null, string | null]>([
    [null, null],
    ['', null],
    [' \n ', null],
    ['one\r\ntwo\u2028three\u0085four', 'one\ntwo\nthree\nfour'],
    ['a\u0000b\u001b[31m\u202Ec\u2066', 'ab[31mc'],
    ['cut 👍'.slice(0, -1), 'cut \ufffd'],
    ['a\ttab', 'a\ttab'],
  ])('a description %j is told as %j', (description, told) =>
    expect(releaseMessage(build('release.created', null, { description }), false).description).toBe(told),
  );

  it('is on one line whatever a name holds', () => {
    const event = buildReleaseEvent();
    const project = { ...event.data.project, name: ' Nitro\r\nPush\u202E ' };
    const title = releaseMessage({ ...event, data: { ...event.data, project } }, false).title;
    expect(title).toMatch(/^Nitro Push 1\.0\.5 /);
  });

  it('says who and what even where a name is nothing that one could see', () => {
    const event = buildReleaseEvent();
    const unseen = '\u202e \u0007';
    const release = { ...event.data.release, version: unseen };
    const told = (actor: ReleaseEvent['data']['actor']) =>
      releaseMessage({ ...event, data: { ...event.data, release, actor } }, false);
    expect(told({ id: 'user-1', name: unseen }).title).toBe('NitroPush iOS – promoted stage → prod');
    expect(told({ id: 'user-1', name: unseen }).facts.slice(-2)).toMatchObject([
      { label: 'Version', value: '–' },
      { label: 'By', value: 'user-1' },
    ]);
    expect(told({ id: '', name: unseen }).facts.at(-1)).toMatchObject({ label: 'By', value: '–' });
  });

  it.each<[string, string | undefined]>([
    ['https://admin.example/r/1', 'https://admin.example/r/1'],
    ['http://localhost:4000/r/1', 'http://localhost:4000/r/1'],
    ['javascript:alert(1)', undefined],
    ['ftp://admin.example/r', undefined],
    ['https:', undefined],
    ['https://', undefined],
  ])('leads to %s only where that is a web page: %s', (url, told) => {
    const event = buildReleaseEvent();
    expect(releaseMessage({ ...event, data: { ...event.data, url } }, false).link?.url).toBe(told);
  });
});
