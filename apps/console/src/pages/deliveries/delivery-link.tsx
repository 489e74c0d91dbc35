import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { DeliveredType, Delivery } from '../../api/types.js';
import { Subject } from '../../components/subject.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

const ALERTS: Partial<Record<DeliveredType, string>> = commonTexts.alerts;

/** In words: the project and its version; of an alert what happened to which destination. */
export function subjectOf({ projectName, version, eventType, subject }: Delivery): string {
  if (projectName !== null) return `${projectName} ${version}`;
  const what = ALERTS[eventType] ?? commonTexts.alert;
  return subject ? `${what}: ${subject.name}` : what;
}

/** What a delivery is about, and the way to all that is known of it. */
export function DeliveryLink({ delivery }: { delivery: Delivery }) {
  return (
    <Anchor
      component={Link}
      to={`/deliveries/${delivery.id}`}
      underline="never"
      c="inherit"
      aria-label={deliveriesTexts.open(subjectOf(delivery))}
    >
      <Subject of={delivery} />
    </Anchor>
  );
}
