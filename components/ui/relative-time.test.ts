import { describe, expect, it } from "vitest";
import { formatRelative } from "./relative-time";

const now = new Date("2026-03-10T12:00:00Z");
const ago = (seconds: number) => formatRelative(new Date(now.getTime() - seconds * 1000), now);

describe("formatRelative", () => {
  it("uses the largest unit that fits", () => {
    expect(ago(20)).toBe("just now");
    expect(ago(60)).toBe("1 min. ago");
    expect(ago(7_199)).toBe("1 hr. ago");
    expect(ago(86_400)).toBe("yesterday");
    expect(ago(86_400 * 15)).toBe("2 wk. ago");
    expect(ago(86_400 * 800)).toBe("2 yr. ago");
  });

  it("does not call a clock that runs ahead the past", () => {
    expect(ago(-30)).toBe("just now");
    expect(ago(-120)).toBe("in 2 min.");
  });
});
