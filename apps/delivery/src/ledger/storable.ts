/** PostgreSQL's text takes neither a NUL nor half a surrogate pair; what others send us may hold both. */
export const storable = (text: string | null): string | null =>
  text === null ? null : text.replaceAll('\u0000', '').toWellFormed();
