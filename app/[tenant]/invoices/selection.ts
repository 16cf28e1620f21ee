/** Which invoices are chosen, by row, and from where a range is drawn. */
export interface Selection {
  rows: ReadonlySet<number>;
  /** The place in the list, counted from 0, of the invoice chosen last. */
  anchor: number | null;
}

export const NOTHING_SELECTED: Selection = { rows: new Set(), anchor: null };

/** Adds one invoice, or takes it out when it was chosen. */
export function toggleRow(selection: Selection, row: number, index: number): Selection {
  const rows = new Set(selection.rows);
  if (!rows.delete(row)) rows.add(row);
  return { rows, anchor: index };
}

/** Adds everything from the anchor to `index`, as a click with Shift does. `rowAt` knows what has been loaded; the rest is left out. */
export function selectRange(
  selection: Selection,
  index: number,
  rowAt: (index: number) => number | undefined,
): Selection {
  const from = selection.anchor ?? index;
  const rows = new Set(selection.rows);
  for (let i = Math.min(from, index); i <= Math.max(from, index); i += 1) {
    const row = rowAt(i);
    if (row !== undefined) rows.add(row);
  }
  return { rows, anchor: selection.anchor ?? index };
}
