import { Alert, Button, Group, NumberInput, PasswordInput, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import type { Provider } from '../../api/types.js';
import { integrationsTexts } from '../../texts/integrations.js';
import { addressesIn, type Draft } from './draft.js';

interface Props {
  provider: Provider;
  draft: Draft;
  /** Of the integration that is edited; null for a new one. */
  saved: { destination: string; dead: number } | null;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<Draft>) => void;
}

const texts = integrationsTexts.form;

/** Where it goes. What is saved is never shown: it is kept, or replaced as a whole. */
export function CredentialsFields({ provider, draft, saved, errors, onChange }: Props) {
  if (saved && !draft.fresh)
    return (
      <Group justify="space-between">
        <Text size="sm">{texts.saved(saved.destination)}</Text>
        <Button variant="default" size="xs" onClick={() => onChange({ fresh: true })}>
          {texts.replace}
        </Button>
      </Group>
    );
  return (
    <Stack gap="sm">
      {provider === 'email' ? (
        <TagsInput
          label={texts.recipients}
          description={texts.recipientsHint}
          placeholder={draft.recipients.length === 0 ? 'ada@example.com' : undefined}
          value={draft.recipients}
          onChange={(recipients) => onChange({ recipients: recipients.flatMap(addressesIn) })}
          splitChars={[',', ' ', ';']}
          maxTags={50}
          acceptValueOnBlur
          withAsterisk
          error={errors['credentials.recipients']}
        />
      ) : (
        <WebhookFields draft={draft} errors={errors} onChange={onChange} />
      )}
      {saved !== null && saved.dead > 0 && <Alert color="blue">{texts.willDrain(saved.dead)}</Alert>}
    </Stack>
  );
}

function WebhookFields({ draft, errors, onChange }: Pick<Props, 'draft' | 'errors' | 'onChange'>) {
  return (
    <>
      <TextInput
        label={texts.url}
        placeholder="https://example.com/hooks/nitropush"
        value={draft.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
        required
        error={errors['credentials.url']}
      />
      <PasswordInput
        label={texts.authorization}
        description={texts.authorizationHint}
        placeholder="Bearer …"
        autoComplete="off"
        value={draft.authorization}
        onChange={(event) => onChange({ authorization: event.currentTarget.value })}
        error={errors['credentials.authorization']}
      />
      <NumberInput
        label={texts.concurrency}
        description={texts.concurrencyHint}
        min={1}
        max={32}
        allowDecimal={false}
        value={draft.concurrency}
        onChange={(value) => onChange({ concurrency: Number(value) || 1 })}
        error={errors['concurrency']}
      />
    </>
  );
}
