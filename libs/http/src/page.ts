import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min, isUUID } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { invalidInput } from '#libs/problems';
import { UnlessLeftOut } from './unless-left-out.js';

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Query of every list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @UnlessLeftOut()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number from 1 to 100' })
  @Min(1, { message: 'must be a whole number from 1 to 100' })
  @Max(100, { message: 'must be a whole number from 1 to 100' })
  limit = 25;

  @ApiPropertyOptional({
    description: 'nextCursor of the page before',
    minLength: 1,
    maxLength: 500,
    pattern: '^[A-Za-z0-9_-]+$',
  })
  @UnlessLeftOut()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** The sort key of a page's last row, as an opaque text. */
export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws Problem 400 where it is not a cursor of ours with `parts` parts */
export function decodeCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string'))
      return key as string[];
  } catch {
    // falls through: the caller is told the same of every cursor that is not ours
  }
  throw notACursor();
}

/** The id that a page ended with, for lists in the order of their ids. @throws Problem 400 */
export function decodeIdCursor(cursor: string | undefined): string | undefined {
  const id = decodeCursor(cursor, 1)?.[0];
  if (id === undefined || isUUID(id)) return id;
  throw notACursor();
}

/** To be thrown where a cursor has the right number of parts, and they are not this list's. */
export const notACursor = (): Error => invalidInput([{ field: 'cursor', message: 'is not a cursor of this list' }]);

/** Makes a page of rows that were read with one more than the limit. */
export function pageOf<R, T>(
  rows: R[],
  limit: number,
  view: { item: (row: R) => T; key: (row: R) => readonly string[] },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view.item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(view.key(last)) : null,
  };
}
