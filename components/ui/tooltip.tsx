"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { FocusEvent, ReactNode } from "react";

interface TooltipProps {
  label: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}

/** A name for a control that shows only an icon. The control carries its own accessible name. */
export function Tooltip({ label, side = "bottom", children }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={400} skipDelayDuration={200}>
      <Primitive.Root>
        <Primitive.Trigger asChild onFocus={keepQuiet}>
          {children}
        </Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-[1320] flex max-w-72 items-center gap-2 rounded-sm bg-ink px-2 py-1 text-canvas text-xs"
          >
            {label}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}

/** A dialog that closes gives the focus back. Only somebody at the keyboard needs the name then; for the others it would stand over the page. */
function keepQuiet(event: FocusEvent<HTMLElement>): void {
  if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
}
