import { Code, Text, Timeline as Line } from '@mantine/core';
import type { DeliveryOne } from '../../api/types.js';
import { RelativeTime } from '../../components/relative-time.js';
import { ToneBadge } from '../../components/tone-badge.js';
import { deliveriesTexts } from '../../texts/deliveries.js';
import { headerLines } from './header-lines.js';
import { steps } from './steps.js';

const texts = deliveriesTexts.one;
/** White by default, also in the dark. */
const HOLLOW = { itemBullet: { background: 'var(--np-ground)' } };

/** Every attempt, oldest first: the wait before it, how long it took, what the far end said, and why it failed. */
export function Timeline({ delivery }: { delivery: DeliveryOne }) {
  const shown = steps(delivery.attempts);
  if (shown.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {texts.noAttempts[delivery.status] ?? texts.notYet}
      </Text>
    );
  return (
    <Line active={shown.length} bulletSize={14} lineWidth={2} styles={HOLLOW}>
      {shown.map(({ attempt, waitedMs, rounds }) => (
        <Line.Item
          key={`${attempt.round} ${attempt.number}`}
          color={attempt.outcome === 'delivered' ? 'green' : 'red'}
          title={`${rounds ? `${texts.round(attempt.round)}, ` : ''}${waitedMs === null ? texts.first : texts.retry(attempt.number - 1, waitedMs)}`}
        >
          <Text size="sm" mt={4} component="div">
            <ToneBadge tone={attempt.outcome === 'delivered' ? 'good' : 'bad'}>
              {attempt.outcome === 'delivered' ? texts.delivered : texts.failed}
            </ToneBadge>{' '}
            {attempt.statusCode !== null && `${attempt.statusCode} · `}
            {texts.took(attempt.durationMs)} · <RelativeTime at={attempt.startedAt} />
          </Text>
          {attempt.error !== null && (
            <Text size="sm" mt={4}>
              {attempt.error}
            </Text>
          )}
          {attempt.responseBody !== null && (
            <Code block mt={8} tabIndex={0} aria-label={texts.answer}>
              {attempt.responseBody}
            </Code>
          )}
          {attempt.responseHeaders !== null && <AnswerHeaders headers={attempt.responseHeaders} />}
        </Line.Item>
      ))}
      {delivery.status === 'retrying' && delivery.nextAttemptAt !== null && (
        <Line.Item color="gray" lineVariant="dashed" title={texts.nextTry}>
          <Text size="sm" mt={4} component="div">
            <RelativeTime at={delivery.nextAttemptAt} due />
          </Text>
        </Line.Item>
      )}
    </Line>
  );
}

/** Folded away: they tell who answered, a proxy or the receiver itself, to those who look for it. */
function AnswerHeaders({ headers }: { headers: Record<string, string> }) {
  const lines = headerLines(headers);
  return (
    <Text component="details" size="sm" c="dimmed" mt={8}>
      <summary>{texts.headers(lines.length)}</summary>
      <Code block mt={8} tabIndex={0} aria-label={texts.headersOf}>
        {lines.join('\n')}
      </Code>
    </Text>
  );
}
