import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { Copy } from '../../components/copy.js';
import { Dialog } from '../../components/dialog.js';
import { integrationsTexts } from '../../texts/integrations.js';

interface Props {
  name: string;
  secret: string;
  /** The one before it signs along for a day. */
  rotated: boolean;
  onClose: () => void;
}

const texts = integrationsTexts.secret;

const snippet = `import { Webhook } from 'standardwebhooks';

new Webhook(process.env.WEBHOOK_SECRET).verify(rawBody, request.headers);`;

/** A signing secret, for the only time that it is shown. */
export function SecretDialog({ name, secret, rotated, onClose }: Props) {
  return (
    <Dialog onClose={onClose} title={texts.title(name)} size="lg" closeOnClickOutside={false}>
      <Stack>
        <Text size="sm">{rotated ? texts.rotated : texts.once}</Text>
        <Group wrap="nowrap" gap="xs">
          <Code style={{ flex: 1, overflowWrap: 'anywhere' }}>{secret}</Code>
          <Copy value={secret} />
        </Group>
        <Text size="sm" fw={600}>
          {texts.verify}
        </Text>
        <Code block tabIndex={0}>
          {snippet}
        </Code>
        <Group justify="flex-end">
          <Button onClick={onClose}>{texts.kept}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
