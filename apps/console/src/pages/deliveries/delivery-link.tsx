import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Delivery } from '../../api/types.js';
import { Subject } from '../../components/subject.js';
import { deliveriesTexts } from '../../texts/deliveries.js';

/** What a delivery is about, and the way to all that is known of it. */
export function DeliveryLink({ delivery }: { delivery: Delivery }) {
  return (
    <Anchor
      component={Link}
      to={`/deliveries/${delivery.id}`}
      underline="never"
      c="inherit"
      aria-label={deliveriesTexts.open(`${delivery.projectName} ${delivery.version}`)}
    >
      <Subject of={delivery} />
    </Anchor>
  );
}
