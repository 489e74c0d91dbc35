import { SegmentedControl, Input, Switch, TextInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import type { Environment, Project } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import { FormFrame, fieldsOf, type FormProps } from './form-frame.js';
import { Hear } from './hear.js';
import { ENVIRONMENTS } from './promotion.js';
import { ReleasePreview } from './release-preview.js';
import { RolloutField } from './rollout-field.js';
import { useExpected, useNotify, useShowChanged } from './use-release-change.js';

const texts = releasesTexts.form;
const CHOICES = ENVIRONMENTS.map((value) => ({ value, label: commonTexts.environments[value] }));
const TYPE = 'release.created';

interface Props extends FormProps {
  project: Project;
  environment: Environment;
}

export function CreateForm({ project: { id: projectId }, environment, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, environment });
  const route = { projectId, environment: draft.environment, eventType: TYPE } as const;
  const expected = useExpected(route);
  const notify = useNotify(route);
  const showChanged = useShowChanged();
  const create = useMutation({
    mutationFn: () => {
      const params = { path: { projectId } };
      return body(api.POST('/api/v1/projects/{projectId}/releases', { params, body: releaseOf(draft) }));
    },
    onSuccess: (release) => {
      showChanged(release);
      onDone(release, TYPE, expected());
    },
  });
  return (
    <FormFrame
      draft={draft}
      sentence={texts.sentence.create(draft.version.trim(), draft.environment, notify)}
      action={texts.createNow}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
    >
      <Fields
        draft={draft}
        errors={fieldsOf(create.error)}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      <Hear route={route} />
      <ReleasePreview route={route} release={previewOf(draft)} />
    </FormFrame>
  );
}

interface Draft {
  environment: Environment;
  version: string;
  description: string;
  mandatory: boolean;
  rolloutPercentage: number;
}

const EMPTY = { version: '', description: '', mandatory: false, rolloutPercentage: 100 };

const releaseOf = ({ version, description, ...more }: Draft) => ({
  ...more,
  version: version.trim(),
  description: description.trim() || null,
});

/** A sample in place of what is not typed yet. */
const previewOf = (draft: Draft) => {
  const { environment: _ofRoute, version, ...more } = releaseOf(draft);
  return { ...more, version: version || undefined };
};

interface FieldsProps {
  draft: Draft;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

function Fields({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label={texts.version}
        description={texts.versionHint}
        value={draft.version}
        onChange={(event) => onChange({ version: event.currentTarget.value })}
        maxLength={64}
        required
        error={errors['version']}
        data-autofocus
      />
      <Input.Wrapper label={texts.environment} labelElement="div" error={errors['environment']}>
        <SegmentedControl
          mt={6}
          fullWidth
          data={CHOICES}
          value={draft.environment}
          onChange={(environment) => onChange({ environment })}
          aria-label={texts.environment}
        />
      </Input.Wrapper>
      <Textarea
        label={texts.description}
        description={texts.descriptionHint}
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        maxLength={4_000}
        autosize
        minRows={3}
        maxRows={10}
        error={errors['description']}
      />
      <RolloutField
        value={draft.rolloutPercentage}
        onChange={(rolloutPercentage) => onChange({ rolloutPercentage })}
        error={errors['rolloutPercentage']}
      />
      <Switch
        label={texts.mandatory}
        description={releasesTexts.mandatoryMeaning}
        checked={draft.mandatory}
        onChange={(event) => onChange({ mandatory: event.currentTarget.checked })}
      />
    </>
  );
}
