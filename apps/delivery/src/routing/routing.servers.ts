import { Injectable } from '@nestjs/common';
import { ConsumerServer } from '#libs/kafka';
import { ConsumerGroups } from '../kafka/consumer-groups.js';
import { LATE_STATES } from './late-state.consumer.js';
import { ROUTING } from './release-event.consumer.js';
import { ROUTING_GROUP } from './routing-progress.js';

/** Reads release events. */
@Injectable()
export class RoutingServer extends ConsumerServer {
  constructor(groups: ConsumerGroups) {
    super({ ...groups.optionsOf(ROUTING_GROUP), transportId: ROUTING });
    groups.add(this);
  }
}

/** Reads the states of integrations beside the memory of them: for those that came late. */
@Injectable()
export class LateStatesServer extends ConsumerServer {
  constructor(groups: ConsumerGroups) {
    super({ ...groups.optionsOf('delivery.late-states'), transportId: LATE_STATES });
    groups.add(this);
  }
}
