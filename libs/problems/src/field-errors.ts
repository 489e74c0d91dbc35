import type { ValidationError } from 'class-validator';
import type { FieldError } from './problem.js';

/** More are no help to anybody, and each repeats a name that the caller chose. */
const MOST = 50;

/** class-validator's tree as a flat list: `credentials.url`, `recipients.0`. */
export const fieldErrors = (errors: ValidationError[]): FieldError[] => flat(errors, '').slice(0, MOST);

function flat(errors: ValidationError[], parent: string): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: sentence(rule, message, error.property),
    }));
    return [...own, ...flat(error.children ?? [], field)];
  });
}

function sentence(rule: string, message: string, property: string): string {
  if (rule === 'whitelistValidation') return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
