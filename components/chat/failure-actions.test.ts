import { expect, test } from "vitest";
import { failureClassSchema } from "@/contract/failures";
import { failureActions } from "./failure-actions";

test("every class has something that a person can do, and asking the same again is offered only where it can help", () => {
  for (const name of failureClassSchema.options)
    if (name !== "none") expect(failureActions(name).length).toBeGreaterThan(0);
  for (const name of ["quota_exhausted", "auth", "model_not_found", "content_filter", "context_overflow"])
    expect(failureActions(name)).not.toContain("retry");
  expect(failureActions("budget_exhausted")).toEqual(["copy_details"]);
  expect(failureActions("constructor")).toEqual(["copy_details"]);
});
