import type { PipeTransform } from '@nestjs/common';
import { invalidInput } from '#libs/problems';

export class InboxName implements PipeTransform<string, string> {
  transform(name: string): string {
    if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return name;
    throw invalidInput([{ field: 'name', message: 'may have letters, digits, - and _, up to 64' }]);
  }
}
