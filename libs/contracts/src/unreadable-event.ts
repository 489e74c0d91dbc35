/** A record that can never be understood, however often it is read. The consumer's failure policy dead-letters it. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  readonly unreadable = true;
}
