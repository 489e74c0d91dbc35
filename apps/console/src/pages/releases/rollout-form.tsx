import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import type { Release } from '../../api/types.js';
import { releasesTexts } from '../../texts/releases.js';
import { FormFrame, fieldsOf, type FormProps } from './form-frame.js';
import { Hear } from './hear.js';
import { ReleasePreview, writtenOf } from './release-preview.js';
import { RolloutField } from './rollout-field.js';
import { useExpected, useNotify, useShowChanged } from './use-release-change.js';

const texts = releasesTexts.form;
const TYPE = 'release.rollout_changed';

interface Props extends FormProps {
  release: Release;
}

export function RolloutForm({ release, onDone }: Props) {
  const { id, projectId, environment, rolloutPercentage: before } = release;
  const [rolloutPercentage, setRollout] = useState(before);
  const route = { projectId, environment, eventType: TYPE } as const;
  const expected = useExpected(route);
  const notify = useNotify(route);
  const showChanged = useShowChanged();
  const change = useMutation({
    mutationFn: () =>
      body(api.PATCH('/api/v1/releases/{id}/rollout', { params: { path: { id } }, body: { rolloutPercentage } })),
    onSuccess: (changed) => {
      showChanged(changed);
      onDone(changed, TYPE, expected());
    },
  });
  const same = rolloutPercentage === before;
  return (
    <FormFrame
      draft={rolloutPercentage}
      sentence={same ? undefined : texts.sentence.rollout(release.version, rolloutPercentage, environment, notify)}
      action={texts.change}
      busy={change.isPending}
      disabled={same}
      error={change.error}
      onSubmit={() => change.mutate()}
    >
      <RolloutField
        value={rolloutPercentage}
        onChange={setRollout}
        error={fieldsOf(change.error)['rolloutPercentage']}
      />
      {same ? (
        <Text size="sm" c="dimmed">
          {texts.unchanged(before)}
        </Text>
      ) : (
        <>
          <Hear route={route} />
          <ReleasePreview
            route={route}
            release={{ ...writtenOf(release), rolloutPercentage, previousRolloutPercentage: before }}
          />
        </>
      )}
    </FormFrame>
  );
}
