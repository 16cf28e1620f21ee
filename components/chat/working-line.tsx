/** Stands where the next words will be. */
export function WorkingLine() {
  return (
    <p
      role="status"
      data-testid="copilot-loading-cursor"
      className="flex h-6 items-center gap-2 text-ink-faint text-xs"
    >
      <span aria-hidden className="size-2 animate-pulse-soft rounded-full bg-accent" />
      Answering
    </p>
  );
}
