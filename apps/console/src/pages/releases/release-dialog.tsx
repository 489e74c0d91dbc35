import { useState } from 'react';
import type { Environment, Project, Release } from '../../api/types.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { releasesTexts } from '../../texts/releases.js';
import { CreateForm } from './create-form.js';
import type { FormProps } from './form-frame.js';
import { PromoteForm } from './promote-form.js';
import { RolloutForm } from './rollout-form.js';
import type { Happening } from './told.js';
import { ToldPanel } from './told-panel.js';

export type ReleaseAction =
  | { kind: 'create'; project: Project; environment: Environment }
  | { kind: 'promote'; release: Release }
  | { kind: 'rollout'; release: Release };

interface Done {
  release: Release;
  happening: Happening;
  expected: number;
}

interface Props {
  action: ReleaseAction;
  onClose: () => void;
}

/** Before: what happens and who will hear of it. After: who has heard of it, live. */
export function ReleaseDialog({ action, onClose }: Props) {
  const [done, setDone] = useState<Done>();
  const form: FormProps = {
    onDone: (release, type, expected) => setDone({ release, happening: { type, at: release.updatedAt }, expected }),
  };
  return (
    <Dialog onClose={onClose} title={done ? doneTitle(done) : titleOf(action)} size="lg">
      {done ? (
        <ToldPanel {...done} onClose={onClose} />
      ) : action.kind === 'create' ? (
        <CreateForm project={action.project} environment={action.environment} {...form} />
      ) : action.kind === 'promote' ? (
        <PromoteForm release={action.release} {...form} />
      ) : (
        <RolloutForm release={action.release} {...form} />
      )}
    </Dialog>
  );
}

function titleOf(action: ReleaseAction): string {
  if (action.kind === 'create') return releasesTexts.form.create;
  const { version, environment } = action.release;
  return releasesTexts[action.kind === 'promote' ? 'promoteOf' : 'rolloutOf'](version, environment);
}

const doneTitle = ({ release: { version, environment }, happening: { type } }: Done): string =>
  releasesTexts.told.done[type](version, environment);
