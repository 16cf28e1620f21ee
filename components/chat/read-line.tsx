"use client";

import { BookOpen } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { readToolResultSchema } from "@/contract/knowledge";
import { DisclosureLine } from "./disclosure-line";
import { parseToolResult } from "./parse-tool-result";
import { PassageList } from "./passage-list";

interface ReadLineProps {
  status: "inProgress" | "executing" | "complete";
  result?: string;
}

/** Which document `read_document` read. */
export function ReadLine({ status, result }: ReadLineProps) {
  if (status !== "complete") return <DisclosureLine icon={<Spinner />} label="Reading a document…" />;
  const read = parseToolResult(readToolResultSchema, result);
  if (!read) return <DisclosureLine icon={<BookOpen aria-hidden />} label="The document could not be read" />;
  return (
    <DisclosureLine
      icon={<BookOpen aria-hidden />}
      label={
        <>
          Read <span className="text-ink">{read.title}</span>
          {read.truncated ? " · its beginning" : ""}
        </>
      }
    >
      {read.passages.length > 0 ? <PassageList passages={read.passages} /> : undefined}
    </DisclosureLine>
  );
}
