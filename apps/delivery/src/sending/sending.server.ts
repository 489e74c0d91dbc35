import { Injectable } from '@nestjs/common';
import { ConsumerServer } from '#libs/kafka';
import { ConsumerGroups } from '../kafka/consumer-groups.js';
import { Ownership } from '../ownership/ownership.service.js';
import { SENDING } from './delivery-requested.consumer.js';
import { Handover } from './handover.service.js';
import { Sender } from './sender.service.js';

/** Reads what is to be delivered. Its partitions decide which integrations are this instance's. */
@Injectable()
export class SendingServer extends ConsumerServer {
  constructor(
    groups: ConsumerGroups,
    sender: Sender,
    handover: Handover,
    private readonly ownership: Ownership,
  ) {
    super({
      ...groups.optionsOf('delivery.sending'),
      transportId: SENDING,
      maxInFlightPerPartition: 2_000,
      alsoInFlight: () => sender.inFlight,
      beforeRejoin: () => handover.begin(),
    });
    this.onAssignment((assignment) => ownership.assign(assignment));
    this.onConfirmed((sentAt) => ownership.confirm(sentAt));
    groups.add(this);
  }

  /** Its records are let go first: what waits in a lane then ends without an attempt. */
  override close(): Promise<void> {
    const closed = super.close();
    this.ownership.end();
    return closed;
  }
}
