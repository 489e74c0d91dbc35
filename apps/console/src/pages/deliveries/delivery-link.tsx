import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Delivery } from '../../api/types.js';
import { Subject } from '../../components/subject.js';
import { commonTexts } from '../../texts/common.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

export const subjectOf = ({ projectName, version }: Delivery): string =>
  projectName === null ? commonTexts.alert : `${projectName} ${version}`;

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
