import { activityRecord, type Actor } from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import { SOURCE } from '../projects/project-state.js';
import type { ReleaseEntity } from './release.entity.js';

interface Correction {
  release: ReleaseEntity;
  projectName: string;
  /** The description that it had. */
  before: string | null;
}

/** Somebody corrected what a release says. A correction is no release event, for those notify. */
export function correctionMessage(actor: Actor, { release, projectName, before }: Correction): OutboxMessage {
  const { id, projectId, version, description } = release;
  const subject = { kind: 'release', id, name: `${projectName} ${version}` };
  const changes = [{ field: 'description', before, after: description }];
  return activityRecord(actor, { action: 'release.corrected', subject, projectId, changes }, SOURCE);
}
