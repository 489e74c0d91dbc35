import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import { queries } from '../../api/queries.js';
import type { Integration, Provider, Tile, TileField } from '../../api/types.js';
import { Dialog } from '../../components/dialog.js';
import { useProviders } from '../../components/use-providers.js';
import { commonTexts } from '../../texts/common.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { CredentialsFields } from './credentials-fields.js';
import { changeOf, draftOf, newDraft, type Change, type Draft } from './draft.js';
import { Recipients } from './recipients.js';
import { RouteFields } from './route-fields.js';
import { signInAt } from './sign-in-at.js';
import { useCurrent } from './use-current.js';

interface Props {
  provider: Provider;
  /** The one that is edited; left out where a new one is connected. */
  integration?: Integration;
  onClose: () => void;
  /** A webhook's secret is in the answer that makes it, and nowhere else. */
  onDone: (integration: Integration, signingSecret: string | undefined) => void;
}

const texts = integrationsTexts.form;

/** Connects a destination, or changes one. */
export function IntegrationDialog({ provider, integration: opened, onClose, onDone }: Props) {
  const integration = useCurrent(opened);
  const [draft, setDraft] = useState<Draft>(() => (integration ? draftOf(integration) : newDraft()));
  const projects = useQuery(queries.projects());
  const providers = useProviders();
  const tile = providers.tile(provider);
  const fields = tile?.fields ?? [];
  const save = useSave({ provider, tile, integration, onDone });
  const errors = save.error instanceof ApiProblem ? save.error.fields : {};
  const leaves = !integration && tile?.setup === 'oauth';
  const name = providers.name(provider);
  const onChange = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const saved = integration ? { destination: integration.destination, dead: integration.counts?.dead ?? 0 } : null;
  return (
    <Dialog onClose={onClose} title={integration ? texts.edit(integration.name) : texts.connect(name)} size="lg">
      <form onSubmit={submitted(() => save.mutate(draft))}>
        <Stack gap="lg">
          <TextInput
            label={texts.name}
            description={leaves ? texts.nameOfChannel : undefined}
            value={draft.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
            required={!leaves}
            maxLength={200}
            error={errors['name']}
            data-autofocus
          />
          {fields.length > 0 && (
            <CredentialsFields fields={fields} draft={draft} saved={saved} errors={errors} onChange={onChange} />
          )}
          {integration && fields.some(isList) && <Recipients integration={integration} />}
          <RouteFields draft={draft} projects={projects.data ?? []} errors={errors} onChange={onChange} />
          <Fault error={save.error} errors={errors} />
          <Buttons onClose={onClose} busy={save.isPending} disabled={draft.projectId === undefined}>
            {leaves ? texts.continueTo(name) : integration ? texts.save : texts.connectNow}
          </Buttons>
        </Stack>
      </form>
    </Dialog>
  );
}

const isList = ({ type }: TileField): boolean => type === 'emails';

interface ButtonsProps {
  onClose: () => void;
  busy: boolean;
  disabled: boolean;
  children: string;
}

const Buttons = ({ onClose, busy, disabled, children }: ButtonsProps) => (
  <Group justify="flex-end">
    <Button variant="default" onClick={onClose}>
      {commonTexts.confirm.cancel}
    </Button>
    <Button type="submit" loading={busy} disabled={disabled}>
      {children}
    </Button>
  </Group>
);

const submitted =
  (work: () => void) =>
  (event: FormEvent): void => {
    event.preventDefault();
    work();
  };

const routeOf = ({ projectId, eventTypes, environments, alerts }: Change) => ({
  projectId,
  eventTypes,
  environments,
  alerts,
});

/** What is wrong with no field of the form. */
function Fault({ error, errors }: { error: Error | null; errors: Readonly<Record<string, string>> }) {
  const said = errors['provider'] ?? (error && Object.keys(errors).length === 0 ? error.message : undefined);
  return said === undefined ? null : <Alert color="red">{said}</Alert>;
}

function useSave({ provider, tile, integration, onDone }: Omit<Props, 'onClose'> & { tile: Tile | undefined }) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (draft: Draft): Promise<Integration & { signingSecret?: string }> => {
      const change = changeOf(tile?.fields ?? [], draft);
      if (integration) {
        const path = { id: integration.id };
        return body(api.PATCH('/api/v1/integrations/{id}', { params: { path }, body: change }));
      }
      if (tile?.setup === 'oauth') return signInAt(provider, { ...routeOf(change), name: change.name || undefined });
      return body(api.POST('/api/v1/integrations', { body: { provider, credentials: {}, ...change } }));
    },
    onSuccess: ({ signingSecret, ...saved }) => {
      void client.invalidateQueries({ queryKey: keys.integrations });
      onDone(saved, signingSecret);
    },
  });
}
