"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useRef } from "react";
import { type InvoiceView, parseView, viewParams } from "./view-params";

/** The view that the address names, and a way to change it. Opening something can be gone back from; a filter replaces the one before. */
export function useView(): [InvoiceView, (part: Partial<InvoiceView>, how?: "push" | "replace") => void] {
  const search = useSearchParams();
  const view = useMemo(() => parseView(new URLSearchParams(search ?? "")), [search]);
  const latest = useRef(view);
  latest.current = view;
  const change = useCallback((part: Partial<InvoiceView>, how: "push" | "replace" = "replace") => {
    latest.current = { ...latest.current, ...part };
    const params = viewParams(latest.current);
    const href = `${window.location.pathname}${params.size > 0 ? `?${params}` : ""}`;
    // The lists are fetched by themselves: no trip to the server for the page around them.
    if (how === "push") window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
  }, []);
  return [view, change];
}
