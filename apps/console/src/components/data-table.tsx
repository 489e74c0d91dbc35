import { Paper, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useState, type MouseEvent, type ReactNode } from 'react';
import { commonTexts } from '../texts/common.js';
import classes from './data-table.module.css';
import { sorted, type Order } from './sorted.js';
import { useSteps } from './use-steps.js';

export interface Column<Row> {
  key: string;
  /** What the column is called, also where the header shows nothing. */
  title: string;
  hideTitle?: boolean;
  cell: (row: Row) => ReactNode;
  /** Makes the column one to sort by. */
  sortBy?: (row: Row) => string | number;
  width?: string;
  align?: 'right';
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** One row that has just come, to be seen at once. */
  lit?: string;
  footer?: ReactNode;
  /** The link of the first cell is that of the whole row; other links and buttons in it stay their own. */
  linked?: boolean;
  /** Kept by the page, where its address names it; otherwise by the table. */
  order?: Order;
  onOrder?: (order: Order) => void;
}

/** A table; on a phone each row is a card of its own, headed by its first cell. The roles are spelled out, for `display` would take them away. */
export function DataTable<Row>({ label, columns, rows, rowKey, lit, footer, linked, ...kept }: Props<Row>) {
  const [own, setOwn] = useState<Order>();
  const { order, onOrder } = kept.onOrder
    ? { order: kept.order, onOrder: kept.onOrder }
    : { order: own, onOrder: setOwn };
  const sortBy = columns.find(({ key }) => key === order?.key)?.sortBy;
  const { drawn, end } = useSteps(sorted(rows, sortBy, order?.descending));
  return (
    <Paper className={classes.paper}>
      <table className={classes.table} role="table" aria-label={label} aria-rowcount={rows.length + 1}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Header key={column.key} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {drawn.map((row) => (
            <Row key={rowKey(row)} row={row} columns={columns} lit={rowKey(row) === lit} linked={linked} />
          ))}
        </tbody>
      </table>
      <div ref={end} />
      {footer && <div className={classes.footer}>{footer}</div>}
    </Paper>
  );
}

interface RowProps<Row> {
  row: Row;
  columns: Column<Row>[];
  lit: boolean;
  linked: boolean | undefined;
}

/** Drawn again only where it has changed: the columns of a page are made once. */
const Row = memo(function Row<Row>({ row, columns, lit, linked }: RowProps<Row>) {
  return (
    <tr role="row" data-lit={lit || undefined} data-linked={linked || undefined} onClick={linked ? follow : undefined}>
      {columns.map(({ key, title, hideTitle, cell, align }, place) => (
        <td key={key} role="cell" data-title={hideTitle || place === 0 ? undefined : title} data-align={align}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}) as <Row>(props: RowProps<Row>) => ReactNode;

/** What explains itself on hover lies over the link of its row, and a click on it is one on the link. */
function follow({ target, currentTarget, nativeEvent }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && target.closest('time, [data-hint]') && !target.closest('a, button'))
    currentTarget.querySelector('a')?.dispatchEvent(new window.MouseEvent('click', nativeEvent));
}

interface HeaderProps<Row> {
  column: Column<Row>;
  order: Order | undefined;
  onOrder: (order: Order) => void;
}

function Header<Row>({ column: { key, title, hideTitle, sortBy, width, align }, order, onOrder }: HeaderProps<Row>) {
  const active = order?.key === key ? order : undefined;
  const direction = active && (active.descending ? 'descending' : 'ascending');
  const Arrow = active?.descending ? IconArrowDown : IconArrowUp;
  return (
    <th role="columnheader" scope="col" style={{ width }} aria-sort={direction} data-align={align}>
      {hideTitle ? (
        <VisuallyHidden>{title}</VisuallyHidden>
      ) : sortBy === undefined ? (
        title
      ) : (
        <UnstyledButton
          className={classes.sort}
          data-align={align}
          title={commonTexts.sortBy(title)}
          onClick={() => onOrder({ key, descending: active !== undefined && !active.descending })}
        >
          {title}
          <Arrow size={13} className={classes.arrow} data-active={active !== undefined || undefined} aria-hidden />
        </UnstyledButton>
      )}
    </th>
  );
}
