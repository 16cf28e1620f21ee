import { rmSync } from "node:fs";

/** Runs after the journeys, when their server has stopped or is about to. */
export default function removeHome(): void {
  if (process.env.E2E_HOME) rmSync(process.env.E2E_HOME, { recursive: true, force: true, maxRetries: 5 });
}
