// The agent backend: LangGraph.js graphs served as AG-UI over HTTP, in a process of their own.
import { env } from "./env";
import { startService } from "./service";
import { systemsFrom } from "./systems/systems";

const service = startService(env(), systemsFrom(env()));

async function stop(): Promise<void> {
  await service.stop();
  process.exit(0);
}

process.once("SIGINT", stop).once("SIGTERM", stop);
