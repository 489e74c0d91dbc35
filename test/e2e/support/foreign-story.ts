import { afterAll, beforeAll } from 'vitest';
import { startReceiver, versionOf, type Received, type Receiver } from '../../support/receiver.js';
import { Api, type Project } from './api.js';
import { ForeignPublisher } from './publisher.js';

/** An organization of its own, with a project and a webhook. */
export interface ForeignStory {
  api: Api;
  project: Project;
  /** What the webhook got, as it came. */
  received: () => Received[];
  /** The versions of what it got. */
  versions: () => string[];
}

/** A publisher that is not ours, and the destination of what it publishes: for the tests of a file. */
export function foreignStories(): { publisher: () => ForeignPublisher; begin: () => Promise<ForeignStory> } {
  let publisher: ForeignPublisher;
  let receiver: Receiver;
  beforeAll(async () => {
    publisher = await ForeignPublisher.connect();
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await publisher.disconnect();
    await receiver.close();
  });
  const begin = async (): Promise<ForeignStory> => {
    const api = await Api.signIn();
    const at = `/${api.organizationId}`;
    await api.webhook(`${receiver.url}${at}`);
    const received = (): Received[] => receiver.received.filter(({ path }) => path === at);
    return { api, project: await api.project(), received, versions: () => received().map(versionOf) };
  };
  return { publisher: () => publisher, begin };
}
