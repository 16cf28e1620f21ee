"use client";

import { useEffect } from "react";

/** Brings the marked passage into view, again whenever another one is asked for. */
export function ScrollToPassage({ passage }: { passage: string }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the passage is what the effect is about, though it reads it from the page.
  useEffect(() => {
    document.querySelector("[data-passage]")?.scrollIntoView({ block: "center" });
  }, [passage]);
  return null;
}
