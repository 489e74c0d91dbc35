/**
 * Where a spreadsheet would begin a formula and run it; full-width signs count in Japanese ones. Also within a text: where
 * the decimal sign is a comma, spreadsheets split lines at semicolons, whatever quotes there are.
 */
const FORMULA = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=[=+\-@＝＋－＠])/g;
const NEEDS_QUOTES = /[",\r\n]/;

/** By which spreadsheets know that it is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

export type Cell = string | number | boolean | null;

/** One record of RFC 4180, with its line end. A text that a spreadsheet would run is shown behind an apostrophe. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = cell.replaceAll(FORMULA, "'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
