import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { Copy } from '../../components/copy.js';
import { DialogFooter } from '../../components/dialog/dialog-footer.js';
import { Dialog } from '../../components/dialog/dialog.js';
import { useUnsaved } from '../../components/dialog/unsaved.js';
import { integrationDialogTexts } from '../../texts/integration-dialogs.js';

interface Props {
  name: string;
  secret: string;
  /** The one before it signs along for a day. */
  rotated: boolean;
  onClose: () => void;
}

const texts = integrationDialogTexts.secret;

const snippet = `import { Webhook } from 'standardwebhooks';

new Webhook(process.env.WEBHOOK_SECRET).verify(rawBody, request.headers);`;

/** A signing secret, for the only time that it is shown: nothing closes it by accident. */
export function SecretDialog({ name, secret, rotated, onClose }: Props) {
  return (
    <Dialog onClose={onClose} title={texts.title(name)} size="lg" closable={false} unsaved={texts.unsaved}>
      <Secret secret={secret} rotated={rotated} onClose={onClose} />
    </Dialog>
  );
}

function Secret({ secret, rotated, onClose }: Omit<Props, 'name'>) {
  const [copied, setCopied] = useState(false);
  const taken = (): void => setCopied(true);
  const text = useRef<HTMLElement>(null);
  const select = (): void => void (text.current && window.getSelection()?.selectAllChildren(text.current));
  useUnsaved(!copied);
  return (
    <>
      <Stack>
        <Text size="sm">{rotated ? texts.rotated : texts.once}</Text>
        <Group wrap="nowrap" gap="xs">
          <Code ref={text} style={{ flex: 1, overflowWrap: 'anywhere' }} onCopy={taken}>
            {secret}
          </Code>
          <Copy value={secret} focused onCopied={taken} onFailed={select} />
        </Group>
        <Text size="sm" fw={600}>
          {texts.verify}
        </Text>
        <Code block tabIndex={0}>
          {snippet}
        </Code>
      </Stack>
      <DialogFooter sentence={copied ? texts.copied : texts.notCopied}>
        {!copied && (
          <Button variant="default" onClick={onClose}>
            {texts.withoutCopying}
          </Button>
        )}
        <Button disabled={!copied} onClick={onClose}>
          {texts.kept}
        </Button>
      </DialogFooter>
    </>
  );
}
