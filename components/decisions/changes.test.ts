import { expect, test } from "vitest";
import { changesOf } from "./changes";

test("an answer as proposed differs in nothing, whatever the proposal told beside it", () => {
  const proposal = {
    action: "resolve",
    lines: [{ lineNo: 2, action: "back-order", name: "Arm", wanted: 4, available: 1 }],
  };
  expect(changesOf(proposal, { action: "resolve", lines: [{ lineNo: 2, action: "back-order" }] })).toEqual([]);
});

test("what was changed is shown by field, and another action with what it says", () => {
  const proposal = { action: "send", subject: "On its way", body: "Dear customer" };
  expect(changesOf(proposal, { action: "send", subject: "On its way", body: "Dear Ruth" })).toEqual([
    { field: "body", proposed: "Dear customer", decided: "Dear Ruth" },
  ]);
  expect(changesOf(proposal, { action: "cancel", reason: "by phone" })).toEqual([
    { field: "action", proposed: "send", decided: "cancel" },
    { field: "reason", proposed: "", decided: "by phone" },
  ]);
});

test("of a long letter only what lies between its unchanged lines is shown", () => {
  const letter = (body: string) => ({ action: "send", subject: "On its way", body });
  const proposal = letter("Dear Ruth,\n\nYour order is packed.\nIt ships today.\n\nAcme");
  expect(changesOf(proposal, letter("Dear Ruth,\n\nYour order is packed.\nIt ships on Monday.\n\nAcme"))).toEqual([
    { field: "body", proposed: "It ships today.", decided: "It ships on Monday." },
  ]);
  expect(changesOf(proposal, letter("Dear Ruth,\n\nYour order is packed.\nIt ships today.\nBye.\n\nAcme"))).toEqual([
    { field: "body", proposed: "", decided: "Bye." },
  ]);
});
