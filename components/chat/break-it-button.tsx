"use client";

import { FlaskConical } from "lucide-react";
import { useMemo, useState } from "react";
import { type PaletteAction, useOfferActions } from "@/components/shell/palette-actions";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { BreakItDialog } from "./break-it-dialog";
import { useChat } from "./chat-context";

const NONE: readonly PaletteAction[] = [];

/** Opens the list of failures to try out, for those who may. */
export function BreakItButton() {
  const { scenarios } = useChat();
  const [open, setOpen] = useState(false);
  const offered = scenarios !== undefined;
  useOfferActions(
    useMemo(
      () =>
        offered
          ? [{ id: "break-it", group: "Try out", label: "Break it", icon: FlaskConical, run: () => setOpen(true) }]
          : NONE,
      [offered],
    ),
  );
  if (!scenarios) return null;
  return (
    <>
      <Tooltip label="Break it">
        <Button variant="ghost" size="icon" aria-label="Break it" onClick={() => setOpen(true)}>
          <FlaskConical aria-hidden />
        </Button>
      </Tooltip>
      <BreakItDialog scenarios={scenarios} open={open} onOpenChange={setOpen} />
    </>
  );
}
