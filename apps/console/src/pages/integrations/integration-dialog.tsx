import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { ApiProblem } from '../../api/problem.js';
import { queries } from '../../api/queries.js';
import type { Integration, Provider, Tile, TileField } from '../../api/types.js';
import { CancelButton, DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { useUnsaved } from '../../components/dialog/unsaved.js';
import { useProviders } from '../../components/use-providers.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';
import { AboutFields } from './about-fields.js';
import { CredentialsFields, isList } from './credentials-fields.js';
import { changeOf, copyOf, draftOf, leavesOrigin, newDraft, type Change, type Draft, type Duplicate } from './draft.js';
import { changedIn } from './changed-in.js';
import { PreviewPanel } from '../../components/message/preview-panel.js';
import { Recipients } from './recipients.js';
import { RouteFields } from './route-fields.js';
import { routeWords } from './route-words.js';
import { signInAt } from './sign-in-at.js';
import { TestTyped } from './test-typed.js';
import { TypedTwins } from './twins.js';
import { useCurrent } from './use-current.js';

interface Props {
  provider: Provider;
  /** The one that is edited; left out where a new one is connected. */
  integration?: Integration;
  /** The one that a new one is filled in from. */
  from?: Duplicate;
  onClose: () => void;
  /** A webhook's secret is in the answer that makes it, and nowhere else. */
  onDone: (integration: Integration, signingSecret: string | undefined) => void;
}

const texts = integrationDialogTexts.form;

/** Connects a destination, or changes one. */
export function IntegrationDialog({ provider, integration: opened, from, onClose, onDone }: Props) {
  const integration = useCurrent(opened);
  const providers = useProviders();
  const tile = providers.tile(provider);
  const fields = tile?.fields ?? [];
  const leaves = !integration && tile?.setup === 'oauth';
  const [initial] = useState<Draft>(() => initialOf(integration, from, leaves));
  const [draft, setDraft] = useState(initial);
  const save = useSave({ provider, tile, integration, onDone });
  const errors = save.error instanceof ApiProblem ? save.error.fields : {};
  const name = providers.name(provider);
  const onChange = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const undecided = integration !== undefined && isUndecided(fields, integration, draft);
  return (
    <Dialog onClose={onClose} title={titleOf(name, integration, from)} size="lg">
      <form onSubmit={submitted(() => save.mutate(draft))}>
        <Stack gap="lg">
          <Fields tile={tile} integration={integration} draft={draft} errors={errors} onChange={onChange} />
          <BeforeSaving provider={provider} tile={tile} integration={integration} draft={draft} />
          <Fault error={save.error} errors={errors} />
        </Stack>
        <Footer
          draft={draft}
          initial={initial}
          busy={save.isPending}
          disabled={draft.projectId === undefined || undecided}
        >
          {leaves ? texts.continueTo(name) : integration ? texts.save : texts.connectNow}
        </Footer>
      </form>
    </Dialog>
  );
}

function initialOf(integration: Integration | undefined, from: Duplicate | undefined, leaves: boolean): Draft {
  if (integration) return draftOf(integration);
  return from ? copyOf(from, leaves) : newDraft();
}

function titleOf(provider: string, integration: Integration | undefined, from: Duplicate | undefined): string {
  if (integration) return texts.edit(integration.name);
  return from ? texts.duplicate(from.integration.name) : texts.connect(provider);
}

interface FieldsProps {
  tile: Tile | undefined;
  integration: Integration | undefined;
  draft: Draft;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

function Fields({ tile, integration, draft, errors, onChange }: FieldsProps) {
  const projects = useQuery(queries.projects());
  const fields = tile?.fields ?? [];
  const list = fields.find(isList);
  const leaves = !integration && tile?.setup === 'oauth';
  const common = { draft, errors, onChange };
  return (
    <>
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
      {fields.length > 0 && !(integration && fields.every(isList)) && (
        <CredentialsFields {...common} fields={fields} integration={integration} />
      )}
      {integration && list && <Recipients integration={integration} most={list.max ?? Infinity} />}
      <RouteFields {...common} projects={projects.data ?? []} />
      <AboutFields {...common} />
    </>
  );
}

type BeforeSavingProps = Omit<FieldsProps, 'errors' | 'onChange'> & { provider: Provider };

/** A test of what is typed in, where something is, and the messages. */
function BeforeSaving({ provider, tile, integration, draft }: BeforeSavingProps) {
  const change = changeOf(tile?.fields ?? [], draft);
  const typed = Object.keys(change.credentials ?? {}).length > 0;
  return (
    <>
      <TypedTwins provider={provider} integration={integration} change={change} route={draft} />
      {typed && <TestTyped provider={provider} integration={integration} change={change} />}
      <PreviewPanel input={{ provider, projectId: change.projectId }} />
      {tile?.signs && (
        <Anchor component={Link} to="/events" target="_blank" rel="opener" size="sm">
          {texts.seeEvents}
        </Anchor>
      )}
    </>
  );
}

/** The saved secret cannot stay with the new URL, and what becomes of it was not chosen yet. */
const isUndecided = (
  fields: readonly TileField[],
  { destination, storedSecrets }: Integration,
  draft: Draft,
): boolean =>
  leavesOrigin(destination, draft) &&
  fields.some(({ kept, name }) => kept && (storedSecrets?.includes(name) ?? true) && draft.edits[name] === undefined);

interface FooterProps {
  draft: Draft;
  /** As it was when the form was opened. */
  initial: Draft;
  busy: boolean;
  disabled: boolean;
  children: string;
}

function Footer({ draft, initial, busy, disabled, children }: FooterProps) {
  const { data: projects = [] } = useQuery(queries.projects());
  const changed = changedIn(draft, initial);
  useUnsaved(changed.length > 0 && !busy); // signing in at a provider leaves the page, and loses nothing
  const sentence = draft.saved
    ? texts.changes(changed)
    : routeWords(draft, projects.find(({ id }) => id === draft.projectId)?.name) +
      (draft.alerts ? texts.withAlerts : '');
  return (
    <DialogFooter sentence={sentence}>
      <CancelButton />
      <Button type="submit" loading={busy} disabled={disabled}>
        {children}
      </Button>
    </DialogFooter>
  );
}

const submitted =
  (work: () => void) =>
  (event: FormEvent): void => {
    event.preventDefault();
    work();
  };

/** What is chosen before signing in. */
const choiceOf = ({ name, projectId, eventTypes, environments, alerts, owner, note }: Change) => ({
  name: name || undefined,
  projectId,
  eventTypes,
  environments,
  alerts,
  owner,
  note,
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
      if (tile?.setup === 'oauth') return signInAt(provider, choiceOf(change));
      return body(api.POST('/api/v1/integrations', { body: { provider, credentials: {}, ...change } }));
    },
    onSuccess: ({ signingSecret, ...saved }) => {
      void client.invalidateQueries({ queryKey: keys.integrations });
      onDone(saved, signingSecret);
    },
  });
}
