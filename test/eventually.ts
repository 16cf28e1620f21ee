import { vi } from "vitest";

/** Checks until it holds, for longer than a busy machine is late with a socket, a timer or a statement; vitest's own second is not. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 10_000 });
}
