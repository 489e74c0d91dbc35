import { Code, Stack, Text } from '@mantine/core';
import type { Schema } from '../../api/client.js';
import { previewTexts } from '../../texts/preview.js';
import { Card, ChatMessage, type CardBody, type ChatBody } from './chat-message.js';
import classes from './message.module.css';

type Message = Omit<Schema<'MessagePreview'>, 'eventType'>;

/** A message about as its provider shows it, read from the request that would be posted. What has no form of its own here is shown as it is. */
export function MessagePreview({ message: { method, headers, body } }: { message: Message }) {
  if (method === 'MAIL')
    return (
      <div className={classes.paper}>
        <Text fw={600}>{headers['subject']}</Text>
        <Text size="sm" mt="xs" className={classes.lines}>
          {body}
        </Text>
      </div>
    );
  const posted = JSON.parse(body) as Partial<ChatBody> & Partial<CardBody>;
  if (posted.blocks || posted.embeds) return <ChatMessage body={posted} />;
  if (posted.attachments) return <Card body={posted.attachments[0]!.content} />;
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {previewTexts.posted}
      </Text>
      <Code block tabIndex={0} className={classes.code} aria-label={previewTexts.posted}>
        {body}
      </Code>
    </Stack>
  );
}
