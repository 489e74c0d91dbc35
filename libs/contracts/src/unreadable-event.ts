/** A record that can never be understood, however often it is read. The consumer's failure policy dead-letters it. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  readonly unreadable = true;
}

/**
 * A well-formed record with a word that this build does not know, an event type or an environment: its sender is newer
 * than its reader. Whoever can go on without the record says so; for all others it cannot be read.
 */
export class UnknownVocabulary extends UnreadableEvent {
  constructor(
    readonly vocabulary: 'type' | 'environment',
    /** The word itself: it is neither secret nor long. */
    readonly word: string,
  ) {
    super(`${vocabulary === 'type' ? 'ce_type' : 'the environment'} is not known here: ${word}`);
  }
}
