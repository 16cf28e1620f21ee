"use client";

import { CopilotKitProvider, CopilotSidebar } from "@copilotkit/react-core/v2";

export function StockChat({ thread, perf, open }: { thread: string; perf?: Record<string, unknown>; open: boolean }) {
  return (
    <CopilotKitProvider
      runtimeUrl="/api/copilotkit"
      useSingleEndpoint={false}
      enableInspector={false}
      properties={{ perf }}
    >
      <CopilotSidebar agentId="scripted" threadId={thread} defaultOpen={open} />
    </CopilotKitProvider>
  );
}
