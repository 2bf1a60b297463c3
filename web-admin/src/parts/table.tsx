import { Button, Loader, Table } from "@mantine/core";
import type { ReactNode } from "react";
import type { Pages } from "../data/live";

export interface Column<T> {
  head: string;
  cell: (row: T) => ReactNode;
  /* "num" right-aligned figures · "code" fixed width · "wide" may wrap · "extra" left out on narrow screens
   * and beside an open detail · "spare" left out beside an open detail only */
  kind?: string;
}

interface Props<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  selected?: string;
}

/* A dense table. The link in a row's first cell spreads over the row, so a click anywhere opens it while the keyboard
 * meets one link per row. */
export function DataTable<T>({ caption, columns, rows, keyOf, selected }: Props<T>) {
  return (
    <div className="table-box">
      <Table className="data" stickyHeader highlightOnHover>
        <caption className="sr">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.head} scope="col" className={column.kind ?? ""}>
                {column.head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <Table.Tr key={key} data-key={key} data-selected={key === selected || undefined}>
                {columns.map((column) => (
                  <Table.Td key={column.head} className={column.kind ?? ""}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/* The one link of a row. Its label must tell the row apart for a screen reader. */
export function RowLink({ to, current, children }: { to: string; current?: boolean; children: ReactNode }) {
  return (
    <a className="row-link" href={to} {...(current ? { "aria-current": "true" as const } : {})}>
      {children}
    </a>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty" role="status">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
  );
}

export function Waiting() {
  return (
    <div className="empty">
      <Loader size="sm" aria-label="Loading" />
    </div>
  );
}

/* What stands under a paged list: how many rows, and how to get the next. */
export function More<T>({ pages, shown }: { pages: Pages<T>; shown: number }) {
  const loaded = pages.data?.items.length ?? 0;
  const next = pages.data?.next ?? null;
  if (loaded === 0) return null;
  return (
    <div className="table-foot">
      <span className="faint">
        {shown === loaded ? `${loaded} shown` : `${shown} of ${loaded} loaded rows match`}
        {next === null ? ", no older ones" : ""}
      </span>
      {next !== null && (
        <Button size="compact-xs" variant="default" loading={pages.loadingMore} onClick={pages.more}>
          Load older
        </Button>
      )}
    </div>
  );
}
