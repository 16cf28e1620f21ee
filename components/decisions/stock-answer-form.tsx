"use client";

import { useId, useState } from "react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { AnswerFormProps } from "./answer-form";
import { CancelWithReason } from "./cancel-with-reason";
import { OwnChanges } from "./own-changes";

const proposalSchema = z.object({
  lines: z.array(z.object({ lineNo: z.number(), name: z.string(), wanted: z.number(), available: z.number() })),
});

interface Choice {
  action: "back-order" | "adjust" | "substitute";
  qty: number;
  sku: string;
}

/** Missing goods: for each line that is short, ship what is there, replace it, or change the quantity. */
export function StockAnswerForm({ question, busy, onAnswer }: AnswerFormProps) {
  const parsed = proposalSchema.safeParse(question.proposal);
  const lines = parsed.success ? parsed.data.lines : [];
  const [choices, setChoices] = useState<Record<number, Choice>>({});
  const id = useId();
  const choiceOf = (line: (typeof lines)[number]): Choice =>
    choices[line.lineNo] ?? { action: "back-order", qty: line.available, sku: "" };
  const change = (line: (typeof lines)[number], part: Partial<Choice>) =>
    setChoices((was) => ({ ...was, [line.lineNo]: { ...choiceOf(line), ...part } }));
  const answer = {
    action: "resolve",
    lines: lines.map((line) => {
      const { action, qty, sku } = choiceOf(line);
      const { lineNo } = line;
      if (action === "adjust") return { lineNo, action, qty };
      return action === "substitute" ? { lineNo, action, sku: sku.trim() } : { lineNo, action };
    }),
  };
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-3">
        {lines.map((line) => {
          const choice = choiceOf(line);
          const field = `${id}-${line.lineNo}`;
          return (
            <li key={line.lineNo} className="flex flex-col gap-1.5">
              <label htmlFor={field} className="text-sm">
                <span className="font-medium">{line.name}</span>{" "}
                <span className="text-ink-muted tabular-nums">
                  {line.wanted} ordered, {line.available} in stock
                </span>
              </label>
              <div className="flex flex-wrap gap-2">
                <Select
                  id={field}
                  disabled={busy}
                  value={choice.action}
                  onChange={(event) => change(line, { action: event.target.value as Choice["action"] })}
                >
                  <option value="back-order">
                    {line.available > 0 ? `Ship ${line.available}, back-order the rest` : "Back-order"}
                  </option>
                  <option value="adjust">Change the quantity</option>
                  <option value="substitute">Ship something else</option>
                </Select>
                {choice.action === "adjust" ? (
                  <Input
                    type="number"
                    min={0}
                    step={1}
                    disabled={busy}
                    aria-label={`New quantity of ${line.name}`}
                    value={choice.qty}
                    onChange={(event) =>
                      change(line, { qty: Math.max(0, Math.trunc(event.target.valueAsNumber || 0)) })
                    }
                    className="w-24 tabular-nums"
                  />
                ) : null}
                {choice.action === "substitute" ? (
                  <Input
                    disabled={busy}
                    aria-label={`Article number in place of ${line.name}`}
                    placeholder="Article number"
                    value={choice.sku}
                    onChange={(event) => change(line, { sku: event.target.value })}
                    className="w-44 font-mono"
                  />
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
      <OwnChanges proposal={question.proposal} answer={answer} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={busy} onClick={() => onAnswer(answer)}>
          Continue with this
        </Button>
        <CancelWithReason busy={busy} onAnswer={onAnswer} />
      </div>
    </div>
  );
}
