import { Code, Group, Text, Title } from '@mantine/core';
import type { DeliveryOne } from '../../api/types.js';
import { Copy } from '../../components/copy.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { headerLines } from './header-lines.js';

const texts = deliveriesTexts.one;

/** The request of the last attempt as it went over the wire; without its destination, the facts of the event. */
export function Sent({ delivery: { request, event } }: { delivery: DeliveryOne }) {
  const body = request?.body ?? JSON.stringify(event, null, 2);
  return (
    <section aria-labelledby="sent">
      <Group justify="space-between" mb="md">
        <Title order={2} id="sent">
          {texts.sent}
        </Title>
        <Copy value={body} />
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {request ? texts.sentHint : texts.factsHint}
      </Text>
      <Code block tabIndex={0}>
        {request && `${headOf(request)}\n\n`}
        {body}
      </Code>
    </section>
  );
}

function headOf({ method, destination, headers }: NonNullable<DeliveryOne['request']>): string {
  const first = method === 'MAIL' ? `${texts.mail} ${destination}` : `${method} ${destination}`;
  return [first, ...headerLines(headers)].join('\n');
}
