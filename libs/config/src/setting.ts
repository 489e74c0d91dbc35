export type Mode = 'local' | 'production';

export interface SettingOptions<T> {
  /** The environment variable. */
  env: string;
  /** Turns the text into the value; throws an Error that says what it must be, without repeating it. */
  parse: (text: string) => T;
  /** Used in every mode where the variable is not set. */
  default?: T;
  /** Used in local mode only: production then refuses to start without the variable. */
  local?: T;
  /** Undefined where not set. */
  optional?: boolean;
  /** Another variable beside which this one must be set, although it is optional otherwise. */
  requiredWith?: string;
  /** Another variable that is read where the first is not set. */
  elseEnv?: string;
  /** Made for one machine: production refuses to start where it is set. */
  localOnly?: boolean;
  /** Set to nothing it has a value of its own, and not its default. */
  emptyIsValue?: boolean;
  /**
   * What a value must be in production, where this one is only safe on one machine; undefined where it is safe. It is
   * refused unless ALLOW_INSECURE_SETTINGS names the variable.
   */
  unsafe?: (value: T) => string | undefined;
}

type Declared = Map<string, SettingOptions<unknown>>;
const declared = new WeakMap<object, Declared>();

/** Declares a field of a settings class. The doc comment on the field is its manual. */
export function Setting<T>(options: SettingOptions<T>): PropertyDecorator {
  return (prototype, property) => {
    const own = declared.get(prototype) ?? new Map<string, SettingOptions<unknown>>();
    own.set(String(property), options as SettingOptions<unknown>);
    declared.set(prototype, own);
  };
}

/** The settings that a class declares, its parents' first: field name to options. */
export function settingsOf(type: new () => object): Map<string, SettingOptions<unknown>> {
  const chain: Declared[] = [];
  for (let proto = type.prototype as object | null; proto; proto = Object.getPrototypeOf(proto) as object | null) {
    const own = declared.get(proto);
    if (own) chain.unshift(own);
  }
  return new Map(chain.flatMap((own) => [...own]));
}
