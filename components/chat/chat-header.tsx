"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { BreakItButton } from "./break-it-button";
import { useChat } from "./chat-context";
import { ConnectionBanner } from "./connection-banner";
import { ModelLine } from "./model-line";
import { ProviderStatusLine } from "./provider-status-line";

export function ChatHeader() {
  const { title, headerActions, close } = useChat();
  return (
    <header data-testid="copilot-modal-header" className="shrink-0 border-line border-b bg-surface">
      <div className="flex h-12 items-center gap-0.5 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-sm" data-testid="copilot-header-title" title={title}>
          {title}
        </h2>
        <BreakItButton />
        {headerActions}
        <Tooltip label="Close">
          <Button
            variant="ghost"
            size="icon"
            aria-label="Close the assistant"
            data-testid="copilot-close-button"
            onClick={close}
          >
            <X aria-hidden />
          </Button>
        </Tooltip>
      </div>
      <ModelLine />
      <ProviderStatusLine />
      <ConnectionBanner />
    </header>
  );
}
