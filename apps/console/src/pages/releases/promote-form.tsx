import { Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import type { Environment, Release } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { releasesTexts } from '../../texts/releases.js';
import { FormFrame, fieldsOf, type FormProps } from './form-frame.js';
import { Hear } from './hear.js';
import { above } from './promotion.js';
import { ReleasePreview, writtenOf } from './release-preview.js';
import { RolloutField } from './rollout-field.js';
import { useExpected, useNotify, useShowChanged } from './use-release-change.js';

const texts = releasesTexts.form;
const TYPE = 'release.promoted';

interface Props extends FormProps {
  release: Release;
}

export function PromoteForm({ release: promoted, onDone }: Props) {
  const { id, projectId, environment: from } = promoted;
  const targets = above(from);
  const [environment, setEnvironment] = useState<Environment>(targets[0] ?? 'prod');
  const [rolloutPercentage, setRollout] = useState(100);
  const route = { projectId, environment, eventType: TYPE } as const;
  const expected = useExpected(route);
  const notify = useNotify(route);
  const showChanged = useShowChanged();
  const promote = useMutation({
    mutationFn: () => {
      const change = { environment, rolloutPercentage };
      return body(api.POST('/api/v1/releases/{id}/promote', { params: { path: { id } }, body: change }));
    },
    onSuccess: (release) => {
      showChanged(release);
      onDone(release, TYPE, expected());
    },
  });
  const errors = fieldsOf(promote.error);
  return (
    <FormFrame
      draft={[environment, rolloutPercentage]}
      sentence={texts.sentence.promote(promoted.version, environment, notify)}
      action={releasesTexts.promote}
      busy={promote.isPending}
      error={promote.error}
      onSubmit={() => promote.mutate()}
    >
      <Select
        label={texts.target}
        data={targets.map((value) => ({ value, label: commonTexts.environments[value] }))}
        value={environment}
        onChange={(value) => value && setEnvironment(value as Environment)}
        allowDeselect={false}
        error={errors['environment']}
        data-autofocus
      />
      <RolloutField value={rolloutPercentage} onChange={setRollout} error={errors['rolloutPercentage']} />
      <Hear route={route} />
      <ReleasePreview
        route={route}
        release={{ ...writtenOf(promoted), rolloutPercentage, previousEnvironment: from }}
      />
    </FormFrame>
  );
}
