import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/schema'; // the same checks as typebox/compile, which loads 120 modules more
import { UnreadableEvent } from './unreadable-event.js';

/** A record as a consumer gets it; what `libs/kafka` hands over has these fields and more. */
export interface RawRecord {
  value: Buffer | null;
  headers: Record<string, string>;
}

/** A record as a producer sends it. */
export interface EncodedRecord {
  key: string;
  value: string | null;
  headers: Record<string, string>;
}

/** What travels on one topic: who sends it and when is said where the contract is declared. */
export interface Contract<S extends TSchema> {
  readonly topic: string;
  readonly schema: S;
  /** What decides the partition, and with it what stays in order. */
  readonly key: (value: Static<S>) => string;
}

const validators = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  return validator;
}

/** Checks a value against a contract's schema. @throws UnreadableEvent naming the first field that is wrong, never its value */
export function checkShape<S extends TSchema>(schema: S, value: unknown): Static<S> {
  const validator = validatorOf(schema);
  if (!validator.Check(value)) {
    const first = validator.Errors(value)[1][0];
    throw new UnreadableEvent(
      `${first?.instancePath || 'the value'} ${first?.message ?? 'is not as the contract says'}`,
    );
  }
  return value as Static<S>;
}

/** Parses JSON bytes. @throws UnreadableEvent where they are missing or not JSON */
export function parseJson(value: Buffer | null): unknown {
  if (value === null) throw new UnreadableEvent('the record has no value');
  try {
    return JSON.parse(value.toString('utf8'));
  } catch {
    throw new UnreadableEvent('the value is not JSON');
  }
}

/** Reads a record of a topic whose whole content is its JSON value. @throws UnreadableEvent */
export function parseEvent<S extends TSchema>(contract: Pick<Contract<S>, 'schema'>, record: RawRecord): Static<S> {
  return checkShape(contract.schema, parseJson(record.value));
}
