import { Module } from '@nestjs/common';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { Ownership } from './ownership.service.js';

@Module({ imports: [DeliveryKafkaModule], providers: [Ownership], exports: [Ownership] })
export class OwnershipModule {}
