import { MessageSquareText } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Opens the conversation beside a page of work, from the page's corner. */
export function AskButton({ onClick }: { onClick(): void }) {
  return (
    <Button
      className="fixed right-4 bottom-4 z-30 max-md:bottom-18"
      data-testid="copilot-chat-toggle"
      onClick={onClick}
    >
      <MessageSquareText aria-hidden /> Ask
    </Button>
  );
}
