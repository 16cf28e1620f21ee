import { StockChat } from "./stock-chat";

/** What a new CopilotKit project shows: a provider and its sidebar, nothing of ours. `?thread=` and `?perf=` as on our own page. */
export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | undefined>> }) {
  const { thread, perf, closed } = await searchParams;
  return <StockChat thread={thread ?? "bench"} perf={perf ? JSON.parse(perf) : undefined} open={!closed} />;
}
