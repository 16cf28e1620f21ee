"use client";

import { useSearchParams } from "next/navigation";

/** The conversation that the address names. */
export function useThreadParam(): string | undefined {
  return useSearchParams()?.get("thread") ?? undefined;
}
