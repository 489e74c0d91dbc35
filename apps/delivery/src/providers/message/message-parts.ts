export interface Fact {
  label: string;
  value: string;
  /** Typed in by somebody: it may hold anything, and must not become markup. */
  typed: boolean;
}

/** What differs from one kind of event to another. */
export interface MessageParts {
  title: string;
  facts: Fact[];
  /** As it was typed in; empty: none. */
  description: string;
  linkLabel: string;
}
