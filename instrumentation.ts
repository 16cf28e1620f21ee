/** Runs once when a web process starts: from then on it takes over the runs of processes that died, before anybody asks for one. */
export async function register(): Promise<void> {
  // Next removes this branch from the edge bundle, which has no Postgres.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startRunner } = await import("./lib/gateway/runner");
  await startRunner();
}
