import { expect, test } from "vitest";
import { readSettings } from "@/contract/settings";
import { changeOf, type SettingField, shownValue } from "./setting-fields";

const fields: SettingField[] = [
  { name: "compactAt", label: "", kind: "amount", scale: 0.01 },
  { name: "answerCache", label: "", kind: "switch" },
  { name: "cheaperModel", label: "", kind: "choice" },
  { name: "orderPolicy.shipping", label: "", kind: "choice" },
  { name: "orderPolicy.fourEyesFromMinor", label: "", kind: "amount", scale: 100 },
];
const settings = readSettings({ orderPolicy: { shipping: "lines", fourEyesFromMinor: 50_000 } });

test("fields show what is stored in the unit in which it is written", () => {
  expect(fields.map((field) => shownValue(settings, field))).toEqual(["70", "false", "", "lines", "500"]);
});

test("only what was changed is sent, and a part of a setting takes the rest of it along", () => {
  expect(changeOf(settings, fields, { compactAt: "70", answerCache: "true" })).toEqual({ answerCache: true });
  expect(changeOf(settings, fields, { "orderPolicy.fourEyesFromMinor": "" })).toEqual({
    orderPolicy: { ...settings.orderPolicy, fourEyesFromMinor: null },
  });
  expect(
    changeOf(settings, fields, { "orderPolicy.fourEyesFromMinor": "x", "orderPolicy.shipping": "whole" }),
  ).toMatchObject({ orderPolicy: { shipping: "whole", fourEyesFromMinor: Number.NaN } });
});
