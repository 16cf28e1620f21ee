import { connect, createServer } from "node:net";
import { StepFailure } from "../bootstrap/step.mjs";

/** The web's port and the two after it. */
export const agentBackendPort = (port: number) => port + 1;
export const postgresPort = (port: number) => port + 2;

const SPACING = 100;

/**
 * Throws when a port is taken, naming it and a `PORT` whose three ports are free. Ports go with what would listen there.
 */
export async function requireFreePorts(wanted: { port: number; by: string }[], base: number): Promise<void> {
  for (const { port, by } of wanted) {
    const why = await whyUnusable(port);
    if (why)
      throw new StepFailure(`port ${port} (${by}) ${why}`, `PORT=${await freeBasePort(base + SPACING)} npm start`);
  }
}

/** The first port at or after `from`, in steps of 100, that is free together with the two after it. */
export async function freeBasePort(from: number): Promise<number> {
  for (let base = from; base + 2 <= 65_535; base += SPACING) {
    const reasons = await Promise.all([base, base + 1, base + 2].map(whyUnusable));
    if (reasons.every((reason) => !reason)) return base;
  }
  throw new StepFailure(`no three free ports in a row from ${from}`, "set PORT to a lower number");
}

async function whyUnusable(port: number): Promise<string | undefined> {
  // Some systems let us bind loopback beside a program that listens on every interface, so ask for an answer first.
  if (await answers(port)) return "is taken by another program";
  const error = await listenError(port);
  if (error === "EACCES") return "may not be used by this account (ports below 1024 are reserved)";
  return error && "is taken by another program";
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.destroy());
  });
}

function listenError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: "0.0.0.0", exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
