import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { failureClassSchema, type RecoveryNotice, type RecoveryReceipt } from "@/contract/failures";
import { gaveUpMessage } from "@/lib/models/notice-message";
import { BreakItButton } from "./break-it-button";
import { ChatContextProvider, type ChatContextValue } from "./chat-context";
import { ChatSession } from "./chat-session";
import { failureActions } from "./failure-actions";
import { FailureNotice } from "./failure-notice";
import { actionInPast, failureInPast, failureTitle } from "./failure-words";
import { ProviderStatusLine } from "./provider-status-line";
import { ReceiptLine } from "./receipt-line";
import { RecoveryLine } from "./recovery-line";
import { RunEndedLine } from "./run-ended-line";

type SessionConfig = ConstructorParameters<typeof ChatSession>[0];

function draw(element: ReactElement, prepare: (session: ChatSession) => void = () => {}, more = {}): string {
  const session = new ChatSession({ draftScope: "ada" } as SessionConfig);
  prepare(session);
  const value = { session, ratings: new Map(), ...more } as unknown as ChatContextValue;
  const html = renderToStaticMarkup(createElement(ChatContextProvider, { value }, element));
  return html.replaceAll("&#x27;", "'");
}
const buttonsOf = (html: string) => [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, label]) => label);
const CAN_FAIL = failureClassSchema.options.filter((name) => name !== "none" && name !== "user_abort");

describe.each(CAN_FAIL)("%s", (code) => {
  const failure = { code, message: gaveUpMessage(code) };

  test("is told by its title and our words, with one button for each thing that can be done", () => {
    const html = draw(<FailureNotice failure={failure} current />);
    expect(html).toContain(failureTitle[code]);
    expect(html).toContain(failure.message);
    expect(buttonsOf(html)).toHaveLength(failureActions(code).length);
  });

  test("has nothing left to do once the conversation went on, or where it can only be read", () => {
    expect(buttonsOf(draw(<FailureNotice failure={failure} current={false} />))).toEqual([]);
    expect(buttonsOf(draw(<FailureNotice failure={failure} current />, undefined, { readOnly: "Read only." }))).toEqual(
      [],
    );
  });
});

test("asking again waits for the time that was named, counted from when it was named", () => {
  const failure = { code: "rate_limit", message: "Full." };
  const soon = draw(<FailureNotice failure={{ ...failure, retryAt: Date.now() + 100_000 }} current />);
  expect(buttonsOf(soon)[0]).toMatch(/^Try again in \d+ s$/);
  expect(soon).toContain("disabled");
  const past = draw(<FailureNotice failure={{ ...failure, retryAt: Date.now() - 1 }} current />);
  expect(buttonsOf(past)[0]).toBe("Try again");
});

test("the marker that a failed run left offers its way on only as the last thing in the conversation", () => {
  const ending = { reason: "failed" as const, code: "content_filter", message: "Explained" };
  const line = <RunEndedLine ending={ending} messageId="end" />;
  expect(buttonsOf(draw(line, (session) => session.lastMessageId.set("end")))).toEqual(["Edit the question"]);
  expect(draw(line)).toContain("Explained.");
  expect(buttonsOf(draw(line))).toEqual([]);
});

test("while it lasts, the line says what is done, the place in the queue and the time, which is not read out", () => {
  const waiting: RecoveryNotice = {
    state: "recovering",
    class: "rate_limit",
    action: "wait",
    message: "Your question waits in line.",
    position: 3,
    until: Date.now() + 50_000,
  };
  const html = draw(<RecoveryLine />, (session) => session.recovery.notice.set(waiting));
  expect(html).toContain('role="status"');
  expect(html).toContain("Your question waits in line. 2 before you.");
  expect(html).toMatch(/aria-hidden="true"[^>]*>\d+ s</);
  const answering = draw(<RecoveryLine />, (session) =>
    session.recovery.notice.set({ state: "answering", model: "Second" }),
  );
  expect(answering).toContain("Answering with Second.");
});

const receipt: RecoveryReceipt = {
  messageId: "a1",
  steps: [
    { class: "provider_outage", action: "retry", at: Date.now(), tookMs: 400, model: "First" },
    { class: "provider_outage", action: "switch", at: Date.now() + 1, tookMs: 0, model: "First" },
  ],
  tookMs: 1_240,
  extraTokens: 1_500,
  extraCostUsd: 0.0004,
  answeredBy: "Second",
};

test("the receipt says what, when, how long and what it cost", () => {
  const html = draw(<ReceiptLine receipt={receipt} messageId="a1_recovery" />);
  for (const words of [
    "Recovered, answered by Second",
    "1.2 s",
    failureInPast.provider_outage,
    `${actionInPast.retry} after 0.4 s.`,
    `${actionInPast.switch}.`,
    "It took 1,500 tokens more, less than $0.01.",
  ])
    expect(html).toContain(words);
  const free = draw(<ReceiptLine receipt={{ ...receipt, extraTokens: 0, extraCostUsd: 0 }} messageId="r" />);
  expect(free).toContain("It cost nothing extra.");
});

test("an answer that was cut at its limit can be continued while it is the latest", () => {
  const cut: RecoveryReceipt = {
    ...receipt,
    steps: [{ class: "output_truncated", action: "keep", at: Date.now(), tookMs: 0, model: "First" }],
    tookMs: 0,
    answeredBy: null,
  };
  const line = <ReceiptLine receipt={cut} messageId="r" />;
  const latest = draw(line, (session) => session.latestTurn.set(new Set(["r"])));
  expect(buttonsOf(latest).slice(0, 2)).toEqual(["Continue", "Shorten the question"]);
  expect(draw(line)).not.toContain(">Continue<");
});

test("the header says which model is left alone while it is, and which one answers", () => {
  const status = (until: number) => ({ resting: [{ model: "First", until }], answering: "Second" });
  const shown = draw(<ProviderStatusLine />, (session) => session.recovery.status.set(status(Date.now() + 20_000)));
  expect(shown).toContain("First keeps failing and is left alone. Second answers.");
  const over = draw(<ProviderStatusLine />, (session) => session.recovery.status.set(status(Date.now() - 1)));
  expect(over).not.toContain("First");
});

test("the list of failures is offered only to those who have it", () => {
  expect(draw(<BreakItButton />)).toBe("");
});
