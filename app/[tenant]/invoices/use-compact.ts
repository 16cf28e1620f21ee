"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

/** As the container query `@xl` of the table, which decides on one line or two. */
const ONE_LINE_FROM_PX = 576;

/** Whether a box is too narrow for one line a row. */
export function useCompact(box: RefObject<HTMLElement | null>): boolean {
  const [compact, setCompact] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setCompact(element.clientWidth < ONE_LINE_FROM_PX));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return compact;
}
