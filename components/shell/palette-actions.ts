"use client";

import type { LucideIcon } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";

/** Something a page lets people do from the palette. */
export interface PaletteAction {
  id: string;
  group: string;
  label: string;
  icon: LucideIcon;
  run(): void;
}

let offered: readonly PaletteAction[] = [];
const listeners = new Set<() => void>();

function replaceOffer(next: readonly PaletteAction[]): void {
  offered = next;
  for (const listener of listeners) listener();
}

/** Offers `actions` in the palette while the calling component is mounted. Pass a stable array. */
export function useOfferActions(actions: readonly PaletteAction[]): void {
  useEffect(() => {
    replaceOffer([...offered, ...actions]);
    return () => replaceOffer(offered.filter((action) => !actions.includes(action)));
  }, [actions]);
}

/** Finds what the palette cannot list beforehand: documents and conversations, say. */
export type PaletteSearch = (q: string) => Promise<PaletteAction[]>;

let search: PaletteSearch | null = null;

/** Lets the palette search while the calling component is mounted. Pass a stable function. */
export function useOfferSearch(offer: PaletteSearch): void {
  useEffect(() => {
    search = offer;
    return () => {
      if (search === offer) search = null;
    };
  }, [offer]);
}

const DEBOUNCE_MS = 180;

/** What the page's search finds for `q`; nothing for an empty one or while none is offered. */
export function useFoundActions(q: string): readonly PaletteAction[] {
  const [found, setFound] = useState<readonly PaletteAction[]>([]);
  useEffect(() => {
    const query = q.trim();
    if (!query) {
      setFound([]);
      return;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const actions = await search?.(query).catch(() => []);
      if (current) setFound(actions ?? []);
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [q]);
  return found;
}

export function useOfferedActions(): readonly PaletteAction[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
    () => offered,
  );
}
