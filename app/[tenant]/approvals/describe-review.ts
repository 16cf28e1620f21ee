import { reviewAnswerSchema } from "@/contract/invoices";

/** What was decided about a set of invoices, in a sentence; null for an answer that is none. */
export function describeReview(answer: unknown): string | null {
  const parsed = reviewAnswerSchema.safeParse(answer);
  if (!parsed.success) return null;
  if (parsed.data.action === "cancel") {
    return parsed.data.reason ? `the reconciliation was cancelled, “${parsed.data.reason}”.` : "it was cancelled.";
  }
  const { invoices, letters, close } = parsed.data;
  const marked = invoices === "proposed" ? "all proposed invoices" : count(invoices.length, "invoice");
  const sent = letters === "ready" ? "all letters that were ready" : count(letters.length, "letter");
  const done = [
    invoices.length > 0 ? `mark ${marked}` : "",
    letters.length > 0 ? `send ${sent}` : "",
    close ? "close the set" : "",
  ].filter(Boolean);
  return done.length > 0 ? `${done.join(", ")}.` : "mark and send nothing.";
}

function count(n: number, word: string): string {
  return n === 1 ? `one ${word}` : `${n} ${word}s`;
}
