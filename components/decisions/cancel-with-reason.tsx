"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { Answer } from "./answer-form";

interface CancelWithReasonProps {
  /** What is ended. */
  what?: "order" | "reconciliation";
  busy: boolean;
  onAnswer(answer: Answer): void;
}

/** Ends the work instead of answering; asks for the reason first, because it cannot be taken back. */
export function CancelWithReason({ what = "order", busy, onAnswer }: CancelWithReasonProps) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const id = useId();
  if (!asking) {
    return (
      <Button variant="danger" disabled={busy} onClick={() => setAsking(true)}>
        Cancel {what}…
      </Button>
    );
  }
  return (
    <form
      className="flex w-full flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({ action: "cancel", reason });
      }}
    >
      <label htmlFor={id} className="sr-only">
        Reason for cancelling
      </label>
      <Input
        id={id}
        autoFocus
        maxLength={500}
        placeholder="Reason, for the record"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setAsking(false)}
        className="max-w-72"
      />
      <Button type="submit" variant="danger" disabled={busy}>
        Cancel the {what}
      </Button>
      <Button variant="ghost" disabled={busy} onClick={() => setAsking(false)}>
        Keep it
      </Button>
    </form>
  );
}
