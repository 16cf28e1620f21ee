import { describe, expect, it } from "vitest";
import { formatDay, inferDateOrder, parseDate } from "./date-column";

const toIso = (text: string, order: "dmy" | "mdy" = "dmy") => {
  const day = parseDate(text, order);
  return day === null ? null : formatDay(day);
};

describe("inferDateOrder", () => {
  it("looks for a part that can only be a day", () => {
    expect(inferDateOrder(["01/02/2025", "01/13/2025"])).toBe("mdy");
    expect(inferDateOrder(["01/02/2025", "13/01/2025"])).toBe("dmy");
    expect(inferDateOrder(["01.02.2025"])).toBe("dmy");
    expect(inferDateOrder(["01/02/2025", "2025-01-13"])).toBeNull();
  });
});

describe("parseDate", () => {
  it.each([
    ["2025-02-01", "2025-02-01"],
    ["2025/02/01", "2025-02-01"],
    ["2025-02-01T10:00:00Z", "2025-02-01"],
    ["20250201", "2025-02-01"],
    ["01.02.2025", "2025-02-01"],
    ["1.2.25", "2025-02-01"],
    ["01/02/2025", "2025-02-01"],
    ["1 Feb 2025", "2025-02-01"],
    ["01-Feb-25", "2025-02-01"],
    ["February 1, 2025", "2025-02-01"],
    ["3. März 2025", "2025-03-03"],
  ])("reads %s", (text, iso) => {
    expect(toIso(text)).toBe(iso);
  });

  it("reads slashes in the column's order and refuses what does not fit it", () => {
    expect(toIso("02/01/2025", "mdy")).toBe("2025-02-01");
    expect(toIso("13/01/2025", "mdy")).toBeNull();
  });

  it.each(["", "yesterday", "2025-02-30", "31.02.2025", "2025-13-01", "00.01.2025", "45296", "1.2/2025"])(
    "refuses %j",
    (text) => {
      expect(parseDate(text, "dmy")).toBeNull();
    },
  );
});
