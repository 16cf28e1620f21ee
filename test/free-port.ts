import { createServer } from "node:net";

// Below the ports that systems give to outgoing connections (32768 and up on Linux, 49152 elsewhere): from among those a connection of
// this machine could get the port between now and the moment at which it is listened on. And above those of the launcher's tests.
const FIRST = 24_000;
/** So many for each of vitest's workers, so that no two of them are given the same. */
const SHARE = 1_000;
const SHARES = 8;

const given = new Set<number>();

/** A port that nothing listens on, for code that reads its port from the environment when it is first imported. */
export async function freePort(): Promise<number> {
  const share = Number(process.env.VITEST_POOL_ID ?? 0) % SHARES;
  for (;;) {
    const port = FIRST + share * SHARE + Math.floor(Math.random() * SHARE);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (listening) await new Promise((resolve) => server.close(resolve));
  return listening;
}
