/**
 * Failures on demand, by name: `<class>[.<position>][.<course>]`, such as `network.text` or `auth.second`. The proof in the tests, the
 * break-it panel and the `x-scenario` header mean the same thing by the same name.
 */
import type { FailureClass } from "@/contract/failures";
import { type Position, positions } from "./fault";
import { type FaultClass, faultOf } from "./faults";

export const courses = ["once", "second", "always"] as const;
/** The fault strikes once; or always, and a second model is there to answer; or always, and there is none. */
export type Course = (typeof courses)[number];

export interface Scenario {
  name: string;
  class: FaultClass;
  at: Position;
  course: Course;
}

export const faultClasses = Object.keys(faultOf) as FaultClass[];

/** Classes that no fault at a provider can cause, and why. */
export const notFaults: Record<Exclude<FailureClass, FaultClass>, string> = {
  user_abort: "The person stops; what a stop leaves behind at each position is proven on its own.",
  none: "It is the name of a healthy answer.",
};

/** Cells of class and position that cannot exist, and why. */
const impossible: Partial<Record<FaultClass, Partial<Record<Position, string>>>> = {
  tool_call_parse: {
    before: "Nothing was called yet, so nothing can be misread.",
    text: "Nothing was called yet, so nothing can be misread.",
    call: "A whole call that can be read is no parse problem.",
  },
};

/** Why a class cannot strike at a position, or null when it can. */
export function impossibleBecause(name: FaultClass, at: Position): string | null {
  return impossible[name]?.[at] ?? null;
}

const usualPosition: Partial<Record<FaultClass, Position>> = {
  stream_truncated: "text",
  output_truncated: "text",
  tool_call_parse: "arguments",
};

/** The scenario of that name, or null when there is none. */
export function findScenario(name: string): Scenario | null {
  const [className = "", ...rest] = name.split(".");
  const known = faultClasses.find((one) => one === className);
  if (!known) return null;
  const at = positions.find((one) => one === rest[0]);
  if (at) rest.shift();
  const course = courses.find((one) => one === rest[0]);
  if (course) rest.shift();
  const place = at ?? usualPosition[known] ?? "before";
  if (rest.length > 0 || impossibleBecause(known, place)) return null;
  return { name, class: known, at: place, course: course ?? "once" };
}
