"use client";

import { Search } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { searchToolResultSchema } from "@/contract/knowledge";
import { DisclosureLine } from "./disclosure-line";
import { parseToolResult } from "./parse-tool-result";
import { PassageList } from "./passage-list";

interface SearchLineProps {
  query?: string;
  status: "inProgress" | "executing" | "complete";
  result?: string;
}

/** What `search_documents` looked for and found. */
export function SearchLine({ query, status, result }: SearchLineProps) {
  if (status !== "complete")
    return <DisclosureLine icon={<Spinner />} label={`Searching documents${query ? `: ${query}` : ""}…`} />;
  const found = parseToolResult(searchToolResultSchema, result);
  if (!found)
    return <DisclosureLine icon={<Search aria-hidden />} label={`Search failed${query ? `: ${query}` : ""}`} />;
  const { passages, nearest } = found;
  const count = passages.length === 1 ? "1 passage" : `${passages.length} passages`;
  return (
    <DisclosureLine
      icon={<Search aria-hidden />}
      label={
        <>
          Searched documents: <span className="text-ink">{found.query}</span>
        </>
      }
      detail={found.answered ? count : "no clear match"}
    >
      {passages.length > 0 ? (
        <PassageList passages={passages} />
      ) : nearest.length > 0 ? (
        <p className="text-ink-muted">Nearest titles: {nearest.map(({ title }) => title).join(", ")}</p>
      ) : undefined}
    </DisclosureLine>
  );
}
