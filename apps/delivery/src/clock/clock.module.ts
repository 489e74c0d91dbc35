import { Module } from '@nestjs/common';
import { LedgerClock } from './ledger-clock.service.js';

@Module({ providers: [LedgerClock], exports: [LedgerClock] })
export class ClockModule {}
