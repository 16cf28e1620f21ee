import { and, eq, isNull } from "drizzle-orm";
import { threads } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { invalidRequest } from "@/lib/failures/app-error";
import { announce, changeThread, ownThread, type Thread } from "./thread";

const TITLE_CHARS_MAX = 120;
const AUTO_TITLE_CHARS_MAX = 60;

/** Gives an own thread a title by hand; it is never overwritten by a generated one. */
export async function renameThread(context: TenantContext, id: string, title: string): Promise<Thread> {
  const clean = title.replace(/\s+/g, " ").trim();
  if (clean === "" || clean.length > TITLE_CHARS_MAX) {
    throw invalidRequest("A title has 1 to 120 characters.", { title: `1 to ${TITLE_CHARS_MAX} characters` });
  }
  return withTenant(context, (tx) => changeThread(tx, context, id, "renamed", { title: clean, titleBy: "user" }));
}

/** Titles a thread after its first question, once. Does nothing where a title stands already. */
export async function titleThread(context: TenantContext, id: string, question: string): Promise<void> {
  const title = titleFrom(question);
  if (title === "") return;
  await withTenant(context, async (tx) => {
    const titled = await tx
      .update(threads)
      .set({ title, titleBy: "auto" })
      .where(and(ownThread(context, id), eq(threads.titleBy, "none"), isNull(threads.deletedAt)))
      .returning({ id: threads.id });
    if (titled.length > 0) await announce(tx, context, id, "renamed");
  });
}

/** The first sentence of a question, cut at a word, without a trailing mark. */
export function titleFrom(question: string): string {
  const line = question.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const [first] = new Intl.Segmenter("en", { granularity: "sentence" }).segment(line);
  const sentence = (first?.segment ?? line).trim().replace(/[.?!…]+$/, "");
  if (sentence.length <= AUTO_TITLE_CHARS_MAX) return sentence;
  const cut = sentence.slice(0, AUTO_TITLE_CHARS_MAX);
  return `${cut.slice(0, cut.lastIndexOf(" ") > 20 ? cut.lastIndexOf(" ") : undefined).trimEnd()}…`;
}
