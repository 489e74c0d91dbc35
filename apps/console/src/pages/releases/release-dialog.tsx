import { useState } from 'react';
import type { Environment, Project, Release } from '../../api/types.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { releasesTexts } from '../../texts/releases.js';
import { CorrectForm } from './correct-form.js';
import { CreateForm } from './create-form.js';
import type { FormProps } from './form-frame.js';
import { PromoteForm } from './promote-form.js';
import { RolloutForm } from './rollout-form.js';
import type { Happening } from './told.js';
import { ToldPanel } from './told-panel.js';

export type ReleaseAction =
  | { kind: 'create'; project: Project; environment: Environment }
  | { kind: 'promote'; release: Release }
  | { kind: 'rollout'; release: Release }
  | { kind: 'correct'; release: Release };

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
      ) : action.kind === 'correct' ? (
        <CorrectForm release={action.release} onDone={onClose} />
      ) : (
        <RolloutForm release={action.release} {...form} />
      )}
    </Dialog>
  );
}

const TITLES = {
  promote: releasesTexts.promoteOf,
  rollout: releasesTexts.rolloutOf,
  correct: releasesTexts.correctOf,
};

function titleOf(action: ReleaseAction): string {
  if (action.kind === 'create') return releasesTexts.form.create;
  const { version, environment } = action.release;
  return TITLES[action.kind](version, environment);
}

const doneTitle = ({ release: { version, environment }, happening: { type } }: Done): string =>
  releasesTexts.told.done[type](version, environment);
