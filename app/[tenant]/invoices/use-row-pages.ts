"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ActionResult } from "@/lib/gateway/define-action";
import { PAGE_ROWS, pagesBetween, type RowPages, withPage } from "./row-pages";

type Fetched<Row> = { total: number; rows: Row[] };

interface UseRowPages<Row> {
  list: RowPages<Row>;
  /** Why the last page could not be read; null when it could. */
  failure: string | null;
  pending: boolean;
  /** Says which rows are in view; pages that are missing are fetched. */
  look(first: number, last: number): void;
  retry(): void;
}

/**
 * A list of any length, fetched where somebody looks. `key` names the question (filter, search): another one starts over. `version`
 * grows when the answers changed: what is in view is then fetched again, and stays on the screen until it came.
 */
export function useRowPages<Row>(
  key: string,
  version: string,
  fetchPage: (offset: number, limit: number) => Promise<ActionResult<Fetched<Row>>>,
  /** How long the list is thought to be until its first page came. */
  expected: number,
): UseRowPages<Row> {
  const [list, setList] = useState<RowPages<Row>>({ total: expected, pages: new Map() });
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, setPending] = useState(true);
  const now = useRef({ key, version, fetchPage });
  now.current = { key, version, fetchPage };
  const view = useRef({ first: 0, last: PAGE_ROWS - 1 });
  /** The pages that were fetched or are on their way, with the question and the version they answer. */
  const asked = useRef(new Map<number, string>());
  const open = useRef(0);
  /** Asked one after the other, and which one each page on the screen answers. */
  const turns = useRef({ asked: 0, shown: new Map<number, number>() });

  const fill = useCallback(async () => {
    const begun = now.current.key;
    const question = `${begun} ${now.current.version}`;
    for (const page of pagesBetween(view.current.first, view.current.last)) {
      if (asked.current.get(page) === question) continue;
      asked.current.set(page, question);
      open.current += 1;
      const turn = ++turns.current.asked;
      setPending(true);
      const result = await now.current.fetchPage(page * PAGE_ROWS, PAGE_ROWS).catch(() => null);
      open.current -= 1;
      if (open.current === 0) setPending(false);
      // An answer to a question that nobody asks any more, or older than what is shown.
      if (begun !== now.current.key || turn < (turns.current.shown.get(page) ?? 0)) return;
      const isLatest = asked.current.get(page) === question;
      if (!result?.ok) {
        // The one that was asked since says how it is.
        if (!isLatest) return;
        asked.current.delete(page);
        setFailure(result?.message ?? "The list could not be read. Check your connection.");
        return;
      }
      setFailure(null);
      turns.current.shown.set(page, turn);
      // What changed meanwhile is on its way: until then this is nearer to the truth than what is on the screen.
      setList((known) => withPage(known, page, result.data));
      if (!isLatest) return;
    }
  }, []);

  const shown = useRef({ key, version: "" });
  useEffect(() => {
    if (shown.current.key !== key) {
      view.current = { first: 0, last: PAGE_ROWS - 1 };
      setList((known) => ({ total: known.total, pages: new Map() }));
    } else if (shown.current.version === version) return;
    shown.current = { key, version };
    void fill();
  }, [key, version, fill]);

  return {
    list,
    failure,
    pending,
    look: useCallback(
      (firstRow, lastRow) => {
        view.current = { first: firstRow, last: lastRow };
        void fill();
      },
      [fill],
    ),
    retry: useCallback(() => void fill(), [fill]),
  };
}
