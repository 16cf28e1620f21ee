import type { Metadata } from "next";
import { describeModel } from "@/lib/copilots/registry";
import { shownScenarios } from "@/lib/failures/scenarios/shown-scenarios";
import { canBreakRuns } from "@/lib/gateway/scenario";
import { requireMember } from "@/lib/gateway/session";
import { paths } from "@/lib/paths";
import { AGENT_ID } from "./agent-id";
import { AssistantWorkspace } from "./assistant-workspace";
import { DocumentGone } from "./document-gone";
import { DocumentList } from "./document-list";
import { DocumentReader } from "./document-reader";
import { parseView, type SearchParams } from "./parse-view";
import { documentPageOf, getOpenDocument, getOpenThread, listSuggestions } from "./queries";

export const metadata: Metadata = { title: "Ask" };

interface AssistantPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function AssistantPage({ params, searchParams }: AssistantPageProps) {
  const identity = await requireMember((await params).tenant);
  const view = parseView(await searchParams);
  const [model, documents, document, thread, suggestions] = await Promise.all([
    describeModel(identity.tenantId, AGENT_ID),
    view.doc ? null : documentPageOf(identity),
    view.doc ? getOpenDocument(identity, view.doc, view) : null,
    view.thread ? getOpenThread(identity, view.thread) : null,
    listSuggestions(identity),
  ]);
  const { tenantSlug, tenantName, userId, role } = identity;
  const backHref = paths.assistant(tenantSlug, { thread: view.thread });
  return (
    <AssistantWorkspace
      tenant={tenantSlug}
      tenantName={tenantName}
      userId={userId}
      isAdmin={role === "admin"}
      model={model}
      suggestions={suggestions}
      scenarios={canBreakRuns(identity) ? shownScenarios : undefined}
      openThread={thread}
      openDocument={document ? { id: document.document.id, title: document.document.title } : null}
    >
      {documents ? (
        <DocumentList tenant={tenantSlug} tenantName={tenantName} first={documents} />
      ) : document ? (
        <DocumentReader
          open={document}
          backHref={backHref}
          partHref={(part) => paths.assistant(tenantSlug, { ...view, part })}
        />
      ) : (
        <DocumentGone backHref={backHref} cited={view.v !== undefined} />
      )}
    </AssistantWorkspace>
  );
}
