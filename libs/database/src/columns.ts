/** Columns of a table with their PostgreSQL types: statements, rows and views are made from one such list. */
export type Columns = Readonly<Record<string, string>>;

/** A value for each of the columns, as JSON takes it. */
export type RowOf<C extends Columns> = Record<keyof C, unknown>;

export const namesOf = (columns: Columns): string => Object.keys(columns).join(', ');

/** For `json_to_recordset`. */
export const typesOf = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');

/** All but those left out, of the table that goes by that name in the statement. */
export const fieldsOf = (table: string, columns: Columns, without: readonly string[]): string =>
  Object.keys(columns)
    .filter((column) => !without.includes(column))
    .map((column) => `${table}.${column}`)
    .join(', ');

/** The columns that a row which is read has no use for. */
export type NotShown<C extends Columns, Row> = Exclude<keyof C, keyof Row>[];
