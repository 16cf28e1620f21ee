import { CopilotRuntime, createCopilotRuntimeHandler, InMemoryAgentRunner } from "@copilotkit/runtime/v2";
import { ScriptedAgent } from "@/lib/copilots/scripted";

export const dynamic = "force-dynamic";

// CopilotKit's own defaults: the in-memory runner, no authentication, no database. Limits are raised so that nothing is evicted mid-measure.
const runtime = new CopilotRuntime({ agents: { scripted: new ScriptedAgent() }, runner: new InMemoryAgentRunner() });
const handler = createCopilotRuntimeHandler({ runtime, basePath: "/api/copilotkit" });

export { handler as DELETE, handler as GET, handler as OPTIONS, handler as PATCH, handler as POST };
