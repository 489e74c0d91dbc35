import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';
import { UnlessLeftOut } from './unless-left-out.js';

/** Of those that are taken; for the API's document. */
const YEAR = '^(19[7-9][0-9]|[2-9][0-9]{3})-';
/** Without a zone a time would mean something else on each machine. */
const TIME = /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** An optional time in a request, as a Date. */
export function TimeField(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', pattern: YEAR, description }),
    UnlessLeftOut(),
    Transform(({ value }: { value: unknown }) => timeOf(value)),
    IsDate({ message: 'must be an ISO 8601 time with its zone, such as 2026-11-23T10:00:00Z' }),
  );
}

/** What is not a time stays as it is, for the check that follows to refuse. */
function timeOf(value: unknown): unknown {
  return typeof value === 'string' && TIME.test(value) ? new Date(value) : value;
}
