"use client";

import { Popover } from "radix-ui";
import { useChat } from "./chat-context";
import { ContextParts } from "./context-parts";
import { useStore } from "./store";

/** From here on it is worth a look; the server condenses by itself soon after. */
const FULL_FROM = 0.7;

/** How full the model's window is, in a word; what fills it, on a click. It never speaks up by itself: nothing has to be done about it. */
export function ContextMeter() {
  const { session } = useChat();
  const meter = useStore(session.context.meter);
  if (!meter) return null;
  const { context_utilization: share, tokens_used: used, context_window: size } = meter;
  const percent = share > 0 && share < 0.01 ? "<1 %" : `${Math.round(share * 100)} %`;
  return (
    <Popover.Root>
      <Popover.Trigger
        data-testid="context-meter"
        aria-label={`Context ${percent} full, ${count(used)} of ${count(size)} tokens. Show what fills it`}
        className="-my-1 -mr-1 ml-auto flex min-h-7 shrink-0 items-center gap-1.5 rounded-sm px-1 text-ink-faint text-xs tabular-nums hover:text-ink"
      >
        <span aria-hidden className="h-1 w-8 overflow-hidden rounded-full bg-line">
          <span
            className={`block h-full rounded-full ${share >= FULL_FROM ? "bg-attention" : "bg-ink-faint"}`}
            style={{ width: `${Math.max(4, Math.min(100, share * 100))}%` }}
          />
        </span>
        <span aria-hidden>{percent}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="What fills the model's context"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-[1310] flex max-h-[var(--radix-popover-content-available-height)] w-84 max-w-[calc(100vw-1rem)] animate-appear flex-col gap-3 overflow-y-auto rounded-md border border-line bg-raised p-3 text-ink text-sm shadow-float"
        >
          <ContextParts meter={meter} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const count = (tokens: number) => tokens.toLocaleString("en");
