"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";

export interface RowContext {
  /** The one row that the tab key reaches; arrows move it. Its main control has `tabIndex` 0. */
  active: boolean;
  tabIndex: 0 | -1;
}

interface VirtualTableProps {
  label: string;
  /** How many rows there are, whether fetched or not. */
  count: number;
  rowPx: number;
  colgroup: ReactNode;
  head: ReactNode;
  pending: boolean;
  /** Nothing in its rows takes the focus: then the box that scrolls does, or the keyboard could not reach its end. */
  readOnly?: boolean;
  active: number;
  onActive(index: number): void;
  /** A key on the active row that is not about moving. True when it meant something. */
  onKey?(event: KeyboardEvent, index: number): boolean;
  /** Which rows are in view. */
  onLook(first: number, last: number): void;
  rowClass(index: number): string;
  current(index: number): boolean;
  cells(index: number, context: RowContext): ReactNode;
}

const MARGIN_ROWS = 10;

/**
 * A table of any length that draws only what is in view. It stays a table to those who do not see it: it says how long it is and where
 * each row belongs. Arrows, Page and Home/End move between rows; the control marked `data-row-control` of a row takes the focus.
 */
export function VirtualTable(props: VirtualTableProps) {
  const { label, count, rowPx, colgroup, head, pending, active, onActive, onKey, onLook } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const kept = Math.min(active, count - 1);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: MARGIN_ROWS,
    initialRect: { width: 1_000, height: 800 },
    // The active row is never taken away, or the focus would go with it.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return kept < 0 || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b);
      },
      [kept],
    ),
  });
  const measured = useRef(rowPx);
  useEffect(() => {
    if (measured.current === rowPx) return;
    measured.current = rowPx;
    virtualizer.measure();
  }, [rowPx, virtualizer]);

  const { range } = virtualizer;
  const [first, last] = [range?.startIndex ?? 0, range?.endIndex ?? 0];
  useEffect(() => onLook(first, last), [first, last, onLook]);

  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = scroller.current?.querySelector(`tr[data-index="${active}"] [data-row-control]`);
    if (!(row instanceof HTMLElement)) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const move = (index: number) => {
    const to = Math.max(0, Math.min(count - 1, index));
    wantsFocus.current = true;
    onActive(to);
    virtualizer.scrollToIndex(to, { align: "auto" });
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
  const steps: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.ctrlKey || !(event.target as HTMLElement).closest("tr[data-index]"))
      return;
    const to = steps[event.key];
    if (onKey?.(event, active)) event.preventDefault();
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };

  let end = 0;
  const rows: ReactNode[] = [];
  for (const { index, start, size } of virtualizer.getVirtualItems()) {
    if (start > end) rows.push(<Gap key={`gap ${index}`} px={start - end} />);
    end = start + size;
    rows.push(
      <tr
        key={index}
        data-index={index}
        aria-rowindex={index + 2}
        aria-current={props.current(index) ? "true" : undefined}
        style={{ height: rowPx }}
        className={cn("relative border-line border-b", props.rowClass(index))}
      >
        {props.cells(index, { active: index === kept, tabIndex: index === kept ? 0 : -1 })}
      </tr>,
    );
  }
  const total = virtualizer.getTotalSize();
  if (total > end) rows.push(<Gap key="end" px={total - end} />);

  return (
    <div
      ref={scroller}
      {...(props.readOnly ? { role: "group", tabIndex: 0, "aria-label": label } : {})}
      // Where no pane is beside the table the Ask button lies over its corner: the last row can be scrolled clear of it.
      className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden focus-visible:-outline-offset-2 max-xl:pb-16 [scrollbar-gutter:stable]"
    >
      <table
        aria-label={label}
        aria-rowcount={count + 1}
        aria-busy={pending}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm"
        onKeyDown={onKeyDown}
      >
        {colgroup}
        <thead className="sticky top-0 z-20 bg-surface text-ink-muted text-xs">{head}</thead>
        <tbody>{rows}</tbody>
      </table>
    </div>
  );
}

/** The room of rows that are not drawn. */
function Gap({ px }: { px: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height: px }} className="p-0" />
    </tr>
  );
}
