import { Injectable, ValidationPipe } from '@nestjs/common';
import { fieldErrors, invalidInput } from '#libs/problems';

/** Unknown fields are refused, and every wrong field is named. */
@Injectable()
export class StrictInput extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: (errors) => invalidInput(fieldErrors(errors)),
    });
  }
}
