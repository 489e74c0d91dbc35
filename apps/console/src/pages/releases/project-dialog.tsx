import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Project } from '../../api/types.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { releasesTexts } from '../../texts/releases.js';
import { FormFrame, fieldsOf } from './form-frame.js';

const texts = releasesTexts.project;

interface Props {
  /** The one that is renamed; left out where one is created. */
  project?: Project;
  onClose: () => void;
}

export function ProjectDialog({ project, onClose }: Props) {
  const [name, setName] = useState(project?.name ?? '');
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => {
      const change = { name: name.trim() };
      return project
        ? body(api.PATCH('/api/v1/projects/{id}', { params: { path: { id: project.id } }, body: change }))
        : body(api.POST('/api/v1/projects', { body: change }));
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: keys.projects });
      notifications.show({ color: 'green', message: texts[project ? 'renamed' : 'created'](saved.name) });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={project ? texts.renameOf(project.name) : texts.create}>
      <FormFrame
        draft={name}
        action={project ? texts.rename : texts.createNow}
        busy={save.isPending}
        error={save.error}
        onSubmit={() => save.mutate()}
      >
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          required
          error={fieldsOf(save.error)['name']}
          data-autofocus
        />
      </FormFrame>
    </Dialog>
  );
}
