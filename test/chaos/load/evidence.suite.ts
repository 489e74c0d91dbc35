import type { Hook, Post } from './evidence.js';

/** A receiver of all events. */
export const hook = (more: Partial<Hook> = {}): Hook => ({
  name: 'all',
  id: 'h',
  projectId: null,
  environments: [],
  eventTypes: [],
  concurrency: 1,
  answeredAt: 0,
  ...more,
});

/** The first attempt of a delivery, which that receiver took. */
export const post = (more: Partial<Post> = {}): Post => ({
  hook: 'all',
  webhookId: 'd',
  eventType: 'release.created',
  releaseId: 'r',
  revision: 1,
  at: 2_000,
  sentAt: 2_000,
  attempt: 1,
  status: 200,
  ...more,
});
