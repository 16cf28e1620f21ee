import type { Message } from "@ag-ui/client";
import { CITATIONS_ACTIVITY, type CitationsActivity, citationsActivitySchema } from "@/contract/knowledge";
import type { TenantContext } from "@/db/with-tenant";
import { getThread, type ThreadWithMessages } from "./get-thread";

export type ExportFormat = "markdown" | "json";

export interface ThreadExport {
  filename: string;
  contentType: string;
  body: string;
}

/** A thread as a file: Markdown to read, JSON with every message as it is stored. Null for an id that the caller cannot read. */
export async function exportThread(
  context: TenantContext,
  id: string,
  format: ExportFormat,
): Promise<ThreadExport | null> {
  const found = await getThread(context, id);
  if (!found) return null;
  if (format === "json") {
    return {
      filename: `${id}.json`,
      contentType: "application/json; charset=utf-8",
      body: `${JSON.stringify(found, null, 2)}\n`,
    };
  }
  return { filename: `${id}.md`, contentType: "text/markdown; charset=utf-8", body: toMarkdown(found) };
}

/** The conversation as Markdown: who said what, the tools that ran, and the quote behind each citation. */
export function toMarkdown({ thread, messages }: ThreadWithMessages): string {
  const sections = messages.map(sectionOf).filter((section) => section !== "");
  return `# ${thread.title || "Untitled"}\n\nBegun ${thread.createdAt.toISOString()}, agent ${thread.agent}.\n\n${sections.join("\n\n")}\n`;
}

function sectionOf(message: Message): string {
  switch (message.role) {
    case "user":
      return `## Question\n\n${textOf(message.content)}`;
    case "assistant": {
      const calls = (message.toolCalls ?? []).map(
        (call) => `> Used \`${call.function.name}\` with \`${call.function.arguments}\``,
      );
      const answer = message.content ? [`## Answer\n\n${textOf(message.content)}`] : [];
      return [...calls, ...answer].join("\n\n");
    }
    case "activity": {
      const citations =
        message.activityType === CITATIONS_ACTIVITY ? citationsActivitySchema.safeParse(message.content) : null;
      return citations?.success ? sourcesOf(citations.data) : "";
    }
    default:
      return "";
  }
}

function sourcesOf({ citations }: CitationsActivity): string {
  if (citations.length === 0) return "";
  return `Sources:\n\n${citations.map(({ n, title, heading, quote }) => `- [${n}] ${title}${heading ? `, ${heading}` : ""}: “${quote.replace(/\s+/g, " ").trim()}”`).join("\n")}`;
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: { type?: string; text?: string }) =>
      part.type === "text" ? (part.text ?? "") : `(${part.type ?? "attachment"})`,
    )
    .join("\n");
}
