"use client";

import { z } from "zod";
import { Button } from "@/components/ui/button";
import { methodName } from "@/contract/payment-method";
import type { AnswerFormProps } from "./answer-form";
import { CancelWithReason } from "./cancel-with-reason";

const proposalSchema = z.object({ methods: z.array(z.string()), failed: z.string() });

/** A payment that failed: another method of the customer's, or the same again. */
export function PaymentAnswerForm({ question, busy, onAnswer }: AnswerFormProps) {
  const parsed = proposalSchema.safeParse(question.proposal);
  const { methods, failed } = parsed.success ? parsed.data : { methods: [], failed: "" };
  const others = methods.filter((method) => method !== failed);
  return (
    <div className="flex flex-wrap gap-2">
      {others.map((method, i) => (
        <Button
          key={method}
          variant={i === 0 ? "primary" : "secondary"}
          disabled={busy}
          onClick={() => onAnswer({ action: "other-method", method })}
        >
          Pay by {methodName(method)}
        </Button>
      ))}
      <Button
        variant={others.length === 0 ? "primary" : "secondary"}
        disabled={busy}
        onClick={() => onAnswer({ action: "retry" })}
      >
        Try {methodName(failed)} again
      </Button>
      <CancelWithReason busy={busy} onAnswer={onAnswer} />
    </div>
  );
}
