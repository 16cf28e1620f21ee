"use client";

import { ArrowDown } from "lucide-react";
import { Button } from "@/components/ui/button";

export function LatestButton({ onClick }: { onClick?: () => void }) {
  return (
    <Button
      size="sm"
      data-testid="copilot-scroll-to-bottom"
      onClick={onClick}
      className="pointer-events-auto rounded-full bg-raised shadow-float"
    >
      <ArrowDown aria-hidden /> Jump to latest
    </Button>
  );
}
