import { ValidateIf } from 'class-validator';

/**
 * The rules of a field that may be left out. Null is a value, and is refused where the rules do not take it: what means
 * "all" where it is left out must not be had by a null that somebody's code came to send. `IsOptional` of class-validator is
 * for fields whose null is allowed, too.
 */
export const UnlessLeftOut = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
