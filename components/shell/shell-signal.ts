// The palette and the shortcut list can be opened from anywhere: a menu, a key, an empty state. They listen for this event.

export type ShellDialog = "palette" | "shortcuts";

const EVENT = "flightdeck:shell";

export function openShell(dialog: ShellDialog): void {
  window.dispatchEvent(new CustomEvent(EVENT, { detail: dialog }));
}

/** Calls `open` whenever `dialog` is asked for; returns the way to stop. */
export function onOpenShell(dialog: ShellDialog, open: () => void): () => void {
  const listener = (event: Event) => {
    if ((event as CustomEvent<ShellDialog>).detail === dialog) open();
  };
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}
