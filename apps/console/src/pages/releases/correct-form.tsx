import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import type { Release } from '../../api/types.js';
import { releasesTexts } from '../../texts/releases.js';
import { FormFrame, fieldsOf } from './form-frame.js';
import { useShowChanged } from './use-release-change.js';

const texts = releasesTexts.correct;

interface Props {
  release: Release;
  onDone: () => void;
}

/** Another description of what is out already. Nobody is notified of that. */
export function CorrectForm({ release: { id, description: before, version }, onDone }: Props) {
  const [typed, setTyped] = useState(before ?? '');
  const description = typed.trim() || null;
  const showChanged = useShowChanged();
  const correct = useMutation({
    mutationFn: () => body(api.PATCH('/api/v1/releases/{id}', { params: { path: { id } }, body: { description } })),
    onSuccess: (corrected) => {
      showChanged(corrected);
      notifications.show({ color: 'green', message: texts.done(version) });
      onDone();
    },
  });
  return (
    <FormFrame
      draft={typed}
      sentence={texts.sentence}
      action={texts.action}
      busy={correct.isPending}
      disabled={description === before}
      error={correct.error}
      onSubmit={() => correct.mutate()}
    >
      <Textarea
        label={releasesTexts.form.description}
        description={texts.hint}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={4_000}
        autosize
        minRows={3}
        maxRows={12}
        error={fieldsOf(correct.error)['description']}
        data-autofocus
      />
    </FormFrame>
  );
}
