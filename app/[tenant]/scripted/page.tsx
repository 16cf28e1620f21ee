import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { env } from "@/lib/env";
import { requireMember } from "@/lib/gateway/session";
import { ScriptedChat } from "./scripted-chat";

export const metadata: Metadata = { title: "Scripted answers" };

const perfSchema = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.record(z.union([z.number(), z.boolean()])))
  .catch({});

interface ScriptedPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ perf?: string | string[] }>;
}

/** The assistant's chat over made-up answers, for measuring. It exists only where FLIGHTDECK_SCRIPTED is set. */
export default async function ScriptedPage({ params, searchParams }: ScriptedPageProps) {
  const identity = await requireMember((await params).tenant);
  if (!env().FLIGHTDECK_SCRIPTED) notFound();
  return (
    <ScriptedChat
      tenant={identity.tenantSlug}
      userId={identity.userId}
      perf={perfSchema.parse((await searchParams).perf)}
    />
  );
}
