"use client";

import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { openShell } from "./shell-signal";

export function PaletteButton() {
  return (
    <Tooltip
      side="right"
      label={
        <>
          Find anything <Kbd>Ctrl K</Kbd>
        </>
      }
    >
      <Button variant="ghost" className="size-11 p-0" aria-label="Find anything" onClick={() => openShell("palette")}>
        <Search aria-hidden className="!size-[18px]" />
      </Button>
    </Tooltip>
  );
}
