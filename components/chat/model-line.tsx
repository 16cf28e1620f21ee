"use client";

import { Popover } from "radix-ui";
import { Badge } from "@/components/ui/badge";
import { useChat } from "./chat-context";
import { ContextMeter } from "./context-meter";
import { ModelPicker } from "./model-picker";

const codeClass = "rounded-sm bg-sunken px-1 py-px font-mono text-xs";

/** Which model answers, and how full its window is. The offline one is named as such, with the way to a real one. */
export function ModelLine() {
  const { model, chosenModel, chooseModel } = useChat();
  const { label, offline, choices = [] } = model;
  return (
    <div className="-mt-1.5 flex items-center gap-2 px-4 pb-2 text-ink-faint text-xs">
      {offline ? (
        <OfflineModel label={label} />
      ) : chosenModel && choices.length > 1 ? (
        <ModelPicker choices={choices} chosen={chosenModel} onChoose={chooseModel} />
      ) : (
        <p className="min-w-0 truncate">{label}</p>
      )}
      <ContextMeter />
    </div>
  );
}

function OfflineModel({ label }: { label: string }) {
  return (
    <>
      <Badge tone="attention">{label}</Badge>
      <Popover.Root>
        <Popover.Trigger className="rounded-sm text-ink-muted underline underline-offset-2 hover:text-ink">
          Connect a model
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            aria-label="How to connect a model"
            align="start"
            sideOffset={6}
            collisionPadding={8}
            className="z-[1310] flex w-84 max-w-[calc(100vw-1rem)] animate-appear flex-col gap-2 rounded-md border border-line bg-raised p-3 text-ink text-sm shadow-float"
          >
            <p className="font-semibold">The offline model answers</p>
            <p className="text-ink-muted">
              It quotes what it finds in your documents and needs no key. For free answers, connect a model: put these
              into <code className={codeClass}>.env</code> and start again.
            </p>
            <pre className="overflow-x-auto rounded-md bg-sunken p-2 font-mono text-xs leading-5">
              {"OPENAI_API_KEY=…\nOPENAI_MODEL=…\nOPENAI_BASE_URL=…"}
            </pre>
            <p className="text-ink-muted">
              The last line is for anything that speaks the same language: Ollama, vLLM, LM Studio, or a gateway.
            </p>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}
