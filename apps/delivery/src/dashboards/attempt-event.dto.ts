import { ApiProperty } from '@nestjs/swagger';
import { Attempt, Delivery } from '../ledger/delivery.dto.js';

/** The data of one `attempt` event of the stream. */
export class AttemptEvent {
  @ApiProperty({ description: 'As it is when the event is sent' }) delivery: Delivery;
  @ApiProperty() attempt: Attempt;
}
