import { Module } from '@nestjs/common';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { ActivityOutlet } from './activity-outlet.service.js';

/** What people do with deliveries, on its way to those who keep it. */
@Module({ imports: [DeliveryKafkaModule], providers: [ActivityOutlet] })
export class ActivityModule {}
