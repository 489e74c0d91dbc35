/**
 * The states of a topic whose deletion somebody has to confirm: all that have no row, where the table looks as if it had
 * never held any of them. It is empty, or each of its rows is younger than they are (keys grow with time): the wrong
 * database, or one whose restore has not ended. A table that was restored to an earlier time has rows as old as they are.
 * One state alone needs no confirmation.
 *
 * @param withoutRow keys that are on the topic and not in the table
 * @param oldestRow lowest key of the table
 */
export function unknownStates(withoutRow: readonly string[], oldestRow: string | undefined): readonly string[] {
  if (withoutRow.length <= 1) return [];
  return oldestRow === undefined || withoutRow.every((key) => key < oldestRow) ? withoutRow : [];
}
