import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut, as a tunnel or a router that restarts would. */
export interface BreakableNetwork {
  /** The server's address through this way. */
  origin: string;
  /** Ends every connection and accepts no new one until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openBreakableNetwork(target: string): Promise<BreakableNetwork> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      socket.on("error", () => {});
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut: () => {
      whole = false;
      end();
    },
    mend: () => {
      whole = true;
    },
    close: async () => {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
