"use client";

import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { useChat } from "./chat-context";
import { PageContextLine } from "./page-context-line";
import { ParkedQuestions } from "./parked-questions";
import { useStore } from "./store";

interface ComposerProps {
  isRunning?: boolean;
}

/** The question box. Slot of the stock chat, with the draft held by the session so that nothing typed is ever lost. */
export function Composer({ isRunning = false }: ComposerProps) {
  const { session, placeholder, readOnly } = useChat();
  const draft = useStore(session.draft);
  const sending = useStore(session.sending);
  const box = useRef<HTMLTextAreaElement>(null);
  const wantsFocus = useStore(session.wantsFocus);
  useShortcut({ key: "/" }, () => box.current?.focus());
  useEffect(() => {
    if (wantsFocus > 0) box.current?.focus();
  }, [wantsFocus]);

  const send = () => void session.send(draft);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  if (readOnly) {
    return (
      <p className="pointer-events-auto border-line border-t bg-surface px-4 py-3 text-ink-muted text-sm">{readOnly}</p>
    );
  }
  return (
    <div className="pointer-events-auto border-line border-t bg-surface px-3 pt-2.5 pb-3">
      <ParkedQuestions />
      <PageContextLine />
      <div className="flex items-end gap-2 rounded-lg border border-line-strong bg-raised py-1 pr-1 pl-3 focus-within:border-accent focus-within:outline-1 focus-within:outline-accent">
        <textarea
          ref={box}
          data-testid="copilot-chat-textarea"
          aria-label="Question"
          rows={1}
          value={draft}
          placeholder={placeholder}
          onChange={(event) => session.write(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-40 min-h-8 w-full resize-none self-center bg-transparent py-1.5 text-base leading-5 outline-none placeholder:text-ink-faint md:text-sm"
        />
        {isRunning ? (
          <Tooltip side="top" label="Stop">
            <Button
              variant="primary"
              size="icon"
              aria-label="Stop"
              data-testid="copilot-send-button"
              onClick={() => session.stop()}
            >
              <Square aria-hidden className="!size-3.5 fill-current" />
            </Button>
          </Tooltip>
        ) : (
          <Button
            variant="primary"
            size="icon"
            aria-label="Send"
            data-testid="copilot-send-button"
            disabled={sending || draft.trim() === ""}
            onClick={send}
          >
            <ArrowUp aria-hidden />
          </Button>
        )}
      </div>
    </div>
  );
}
