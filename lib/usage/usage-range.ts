import { z } from "zod";

const DAY_MS = 86_400_000;
const DAYS_MAX = 400;
const DAYS_DEFAULT = 30;

/** A day as it is written in an address: `2026-11-20`, UTC. */
const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day, like 2026-11-20")
  .refine((day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day), "is no day");

/** The first and the last day of a report, both included; the last thirty days without them. */
export const usageRangeSchema = z
  .object({ from: daySchema.optional(), to: daySchema.optional() })
  .superRefine(({ from, to }, context) => {
    if (!from || !to) return;
    if (from > to) context.addIssue({ code: "custom", path: ["from"], message: "must not be after the last day" });
    if (Date.parse(to) - Date.parse(from) > DAYS_MAX * DAY_MS)
      context.addIssue({ code: "custom", path: ["from"], message: `must be at most ${DAYS_MAX} days before the last` });
  });

export interface UsageRange {
  from: Date;
  /** Not included. */
  to: Date;
  firstDay: string;
  lastDay: string;
}

/** What `from` and `to` of a query mean. */
export function usageRange({ from, to }: z.infer<typeof usageRangeSchema>, now: Date = new Date()): UsageRange {
  const lastDay = to ?? dayOf(now);
  const firstDay = from ?? dayOf(new Date(Date.parse(lastDay) - (DAYS_DEFAULT - 1) * DAY_MS));
  return { from: new Date(firstDay), to: new Date(Date.parse(lastDay) + DAY_MS), firstDay, lastDay };
}

/** Every day of the range, so that a day without use shows as one. */
export function daysOf({ from, to }: UsageRange): string[] {
  const days: string[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += DAY_MS) days.push(dayOf(new Date(at)));
  return days;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
