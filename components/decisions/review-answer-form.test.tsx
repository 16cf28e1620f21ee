import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ReviewAnswerForm } from "./review-answer-form";

const wordsOf = (proposal: { invoices: number; letters: number; withoutAddress: number }) => {
  const question = {
    id: "apr_1",
    reason: "invoices.review" as const,
    proposal: { ...proposal, amountMinor: 100, currency: "EUR", reconciled: 0 },
  };
  return renderToStaticMarkup(<ReviewAnswerForm question={question} busy={false} fields={{}} onAnswer={() => {}} />);
};

test("only what can be done is offered: no letters that lack an address, and no marks when nothing is proposed", () => {
  const both = wordsOf({ invoices: 1_200, letters: 2, withoutAddress: 1 });
  expect(both).toContain("Mark 1,200 invoices reconciled");
  expect(both).toContain("Send the 2 letters");
  const unsendable = wordsOf({ invoices: 1, letters: 0, withoutAddress: 50 });
  expect(unsendable).not.toContain("Send the");
  expect(unsendable).toContain("50 letters cannot be sent without an address.");
  expect(unsendable.match(/checkbox/g)).toHaveLength(2);
  const nothing = wordsOf({ invoices: 0, letters: 0, withoutAddress: 0 });
  expect(nothing).toContain("No invoice is proposed any more.");
  expect(nothing).toContain("Choose what to approve");
});
