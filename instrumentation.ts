/**
 * Runs once when a web process starts: from then on it takes over the runs of processes that died, before anybody asks for one, and removes
 * what was deleted long ago.
 */
export async function register(): Promise<void> {
  // Next removes this branch from the edge bundle, which has no Postgres.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ startRunner }, { startSweep }] = await Promise.all([
    import("./lib/gateway/runner"),
    import("./lib/retention/sweep"),
  ]);
  startSweep();
  await startRunner();
}
