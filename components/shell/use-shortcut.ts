"use client";

import { useEffect, useRef } from "react";

export interface Shortcut {
  /** As in KeyboardEvent.key. */
  key: string;
  /** Ctrl, or Cmd on a Mac. */
  withControl?: boolean;
}

// A box that was just ticked keeps the focus, and takes no letters.
const TAKES_TEXT = "input:not([type=checkbox],[type=radio]),textarea,select";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(TAKES_TEXT));

/** Runs `action` on a key anywhere on the page; a plain key is left alone while someone types or a dialog is open. */
export function useShortcut({ key, withControl = false }: Shortcut, action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.altKey || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) !== withControl) return;
      if (!withControl && (isTyping(event.target) || document.querySelector("[role=dialog],[role=menu]"))) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [key, withControl]);
}
