import type { ValidationError } from 'class-validator';
import type { FieldError } from './problem.js';

/** class-validator's tree as a flat list: `credentials.url`, `recipients.0`. */
export function fieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: sentence(rule, message, error.property),
    }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}

function sentence(rule: string, message: string, property: string): string {
  if (rule === 'whitelistValidation') return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
