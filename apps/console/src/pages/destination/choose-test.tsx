import { Button, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.js';
import type { EventType, Integration } from '../../api/types.js';
import { May } from '../../auth/may.js';
import { CancelButton, DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { commonTexts } from '../../texts/common.js';
import { destinationTexts } from '../../texts/destination.js';
import { useTest, type Sample } from '../integrations/use-test.js';

const texts = destinationTexts.test;
const EVENTS = Object.entries(commonTexts.events).map(([value, label]) => ({ value: value as EventType, label }));

/** A test of an event and a project that somebody chooses; what the route would not let through is sent as well. */
export function ChooseTest({ integration }: { integration: Integration }) {
  const [asking, setAsking] = useState(false);
  const close = (): void => setAsking(false);
  return (
    <>
      <May do="test">
        <Button variant="default" onClick={() => setAsking(true)}>
          {texts.choose}
        </Button>
      </May>
      {asking && (
        <Dialog title={texts.title(integration.name)} onClose={close}>
          <Choice integration={integration} onClose={close} />
        </Dialog>
      )}
    </>
  );
}

function Choice({ integration, onClose }: { integration: Integration; onClose: () => void }) {
  const { data: projects = [] } = useQuery(queries.projects());
  const [eventType, setEventType] = useState<EventType>(integration.eventTypes[0] ?? 'release.created');
  const [projectId, setProjectId] = useState(integration.projectId);
  const test = useTest(integration);
  const sample: Sample = { eventType, projectId };
  return (
    <>
      <Stack gap="sm">
        <Text size="sm">{texts.what}</Text>
        <Select
          label={texts.event}
          data={EVENTS}
          value={eventType}
          onChange={(value) => value && setEventType(value)}
          allowDeselect={false}
          data-autofocus
        />
        <Select
          label={texts.project}
          placeholder={texts.newest}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={projectId}
          onChange={setProjectId}
          clearable
          searchable
        />
      </Stack>
      <DialogFooter>
        <CancelButton />
        <Button loading={test.isPending} onClick={() => test.mutate(sample, { onSuccess: onClose })}>
          {texts.send}
        </Button>
      </DialogFooter>
    </>
  );
}
