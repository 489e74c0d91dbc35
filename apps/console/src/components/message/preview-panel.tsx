import { Alert, Button, NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Schema } from '../../api/client.js';
import { reasonOf } from '../../api/problem.js';
import type { DeliveredType } from '../../api/types.js';
import { commonTexts } from '../../texts/common.js';
import { previewTexts as texts } from '../../texts/preview.js';
import { MessagePreview } from './message-preview.js';
import { messagesOf } from './preview.queries.js';

interface Props {
  /** What the messages are made of; with an event type there is one message alone. */
  input: Schema<'PreviewInput'>;
  /** What else can be chosen. */
  children?: ReactNode;
}

/** Shows what a provider would be posted, once it is asked for. */
export function PreviewPanel({ input, children }: Props) {
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  // it stands at the end of its form: what was asked for would come below what is seen
  const toTop = useCallback(() => panel.current?.scrollIntoView(), []);
  return (
    <Stack gap="sm" component="section" aria-label={texts.title} ref={panel}>
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? texts.hide : texts.show}
      </Button>
      {open && children}
      {open && <Messages input={input} onShown={toTop} />}
    </Stack>
  );
}

const choices = (named: Record<string, string>) => Object.entries(named).map(([value, label]) => ({ value, label }));
const CHOICES = [
  { group: texts.releases, items: choices(commonTexts.events) },
  { group: texts.alerts, items: choices(commonTexts.alerts) },
];

/** While somebody types there is no call for each letter. */
const AFTER_MS = 300;

interface MessagesProps extends Pick<Props, 'input'> {
  /** The first of them is there. */
  onShown?: () => void;
}

export function Messages({ input: typed, onShown }: MessagesProps) {
  const [input] = useDebouncedValue(typed, AFTER_MS);
  const [chosen, setChosen] = useState<DeliveredType>();
  const { data, error } = useQuery({
    ...messagesOf(input),
    placeholderData: (before) => before,
  });
  const shown = data !== undefined;
  useEffect(() => {
    if (shown) onShown?.();
  }, [shown, onShown]);
  if (error)
    return (
      <Alert color="red" title={texts.failed}>
        {reasonOf(error)}
      </Alert>
    );
  if (!data) return <Skeleton height={120} />;
  const message = data.find(({ eventType }) => eventType === chosen) ?? data[0];
  if (!message) return null;
  return (
    <>
      {data.length > 1 && (
        <NativeSelect
          label={texts.event}
          data={CHOICES}
          value={message.eventType}
          onChange={({ currentTarget }) => setChosen(currentTarget.value as DeliveredType)}
        />
      )}
      <MessagePreview message={message} />
    </>
  );
}
