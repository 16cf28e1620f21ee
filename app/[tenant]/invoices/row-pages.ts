/** How many rows are fetched at a time. */
export const PAGE_ROWS = 100;

/** The pages, counted from 0, that hold the rows from `first` to `last`. */
export function pagesBetween(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
  const to = Math.floor(Math.max(0, last) / PAGE_ROWS);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Rows of a long list as far as they have been fetched, by page. */
export interface RowPages<Row> {
  total: number;
  pages: ReadonlyMap<number, readonly Row[]>;
}

export function rowAt<Row>({ pages }: RowPages<Row>, index: number): Row | undefined {
  return pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
}

/** What is known once a page came. A total that changed says that the list did: what lies beyond its end is dropped. */
export function withPage<Row>(
  known: RowPages<Row>,
  page: number,
  { total, rows }: { total: number; rows: readonly Row[] },
): RowPages<Row> {
  const lastPage = Math.floor(Math.max(0, total - 1) / PAGE_ROWS);
  const pages = new Map([...known.pages].filter(([at]) => at <= lastPage));
  pages.set(page, rows);
  return { total, pages };
}
