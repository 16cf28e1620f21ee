import { rmSync } from "node:fs";

/** Runs after the journeys, when their server has stopped or is about to: it may still write where this removes. */
export default function removeHome(): void {
  if (!process.env.E2E_HOME) return;
  try {
    rmSync(process.env.E2E_HOME, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    // A temporary folder that is left is no failure of a journey.
    console.warn(`not removed: ${String(error)}`);
  }
}
