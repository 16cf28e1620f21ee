import { expect, test } from "vitest";
import { diff } from "./decision-diff";

test("an answer as proposed differs in nothing, whatever the proposal told beside it", () => {
  const proposal = {
    action: "resolve",
    lines: [{ lineNo: 2, action: "back-order", name: "Arm", wanted: 4, available: 1 }],
  };
  expect(diff(proposal, { action: "resolve", lines: [{ lineNo: 2, action: "back-order" }] })).toEqual([]);
});

test("what was changed is shown by field, and another action with what it says", () => {
  const proposal = { action: "send", subject: "On its way", body: "Dear customer" };
  expect(diff(proposal, { action: "send", subject: "On its way", body: "Dear Ruth" })).toEqual([
    { field: "body", proposed: "Dear customer", decided: "Dear Ruth" },
  ]);
  expect(diff(proposal, { action: "cancel", reason: "by phone" })).toEqual([
    { field: "action", proposed: "send", decided: "cancel" },
    { field: "reason", proposed: "", decided: "by phone" },
  ]);
});
