import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BATCH_STEPS, type BatchStep, type BatchStepId, type InvoiceState } from "@/contract/invoices";
import type { BatchStatus } from "@/lib/invoices/batch-summary";
import { BatchSteps } from "./batch-steps";

const at = (second: number) => new Date(Date.UTC(2026, 10, 29, 9, 0, second)).toISOString();
const pending: BatchStep = { state: "pending", startedAt: null, endedAt: null, note: "", decidedBy: null };
const progress = { step: "match_invoices", current: 1_200, total: 4_000, unit: "transactions", remainingMs: 2_900 };

function drawn(status: BatchStatus, changed: Partial<Record<BatchStepId, Partial<BatchStep>>>): string {
  const steps = Object.fromEntries(BATCH_STEPS.map((id) => [id, { ...pending, ...changed[id] }]));
  const state = { steps, progress } as unknown as InvoiceState;
  return renderToStaticMarkup(<BatchSteps state={state} status={status} />);
}

/** The steps as somebody hears them. */
function wordsOf(html: string): string[] {
  return [...html.matchAll(/<li.*?<\/li>/g)].map(([line]) =>
    line
      .replace(/<svg.*?<\/svg>/g, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

const matching = {
  ingest_docs: { state: "done", startedAt: at(0), endedAt: at(2) },
  match_invoices: { state: "running" },
} as const;

test("each step says its name, its state in a word, and how long it took", () => {
  const words = wordsOf(drawn("running", matching));
  expect(words).toHaveLength(BATCH_STEPS.length);
  expect(words[0]).toMatch(/^Read done 2(\.0)? s$/);
  expect(words.slice(1)).toEqual([
    "Match running",
    "Find differences to come",
    "Draft letters to come",
    "Review to come",
    "Mark reconciled to come",
    "Send letters to come",
  ]);
});

test("what is skipped says why, and what waits says for whom", () => {
  const html = drawn("waiting", {
    review: { state: "waiting" },
    send_emails: { state: "skipped", note: "No letter is due." },
  });
  expect(wordsOf(html)).toEqual(
    expect.arrayContaining(["Review waiting for a decision", "Send letters skipped: No letter is due."]),
  );
});

test("a set that is stopped or failed shows that at the step it was at, and no progress", () => {
  for (const status of ["stopped", "failed"] as const) {
    const html = drawn(status, matching);
    expect(wordsOf(html)[1]).toBe(`Match ${status}`);
    expect(html).not.toContain("progressbar");
  }
  const html = drawn("running", matching);
  expect(html).toMatch(/role="progressbar"[^>]*aria-label="Match"|aria-label="Match"[^>]*role="progressbar"/);
  expect(html).toContain("1,200 of 4,000 transactions, about 3 s left");
});
