"use client";

import { ListChecks } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ReviewPaneProps } from "./review-pane";
import { ReviewQuestion } from "./review-question";

/**
 * The question that waits, as a card in the conversation: answered there, it is answered everywhere. Its form opens on request, because
 * beside the conversation the page shows the same one.
 */
export function ChatDecision(props: Omit<ReviewPaneProps, "onClose">) {
  const [open, setOpen] = useState(false);
  const card = useRef<HTMLElement>(null);
  const show = () => {
    setOpen(true);
    // The button that was pressed goes away.
    card.current?.focus();
  };
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label="Decision"
      className="my-3 flex flex-col gap-3 rounded-md border border-attention bg-raised px-3 py-3 text-sm outline-none"
    >
      <h3 className="flex items-center gap-2 font-medium">
        <ListChecks aria-hidden className="size-4 text-attention" /> Waits for a decision
      </h3>
      {open ? (
        <ReviewQuestion {...props} />
      ) : (
        <>
          <p>{props.question.message}</p>
          <Button className="self-start" aria-expanded={false} onClick={show}>
            Decide here
          </Button>
        </>
      )}
    </section>
  );
}
