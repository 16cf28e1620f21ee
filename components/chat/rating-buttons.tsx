"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { type Rating, useChat } from "./chat-context";

const choices = [
  { rating: "up", label: "Good answer", icon: ThumbsUp },
  { rating: "down", label: "Bad answer", icon: ThumbsDown },
] as const;

/** A thumb on an answer; shown at once, taken back when it could not be stored. */
export function RatingButtons({ messageId }: { messageId: string }) {
  const { rateAnswer, ratings } = useChat();
  const [rating, setRating] = useState<Rating | undefined>(ratings.get(messageId));
  if (!rateAnswer) return null;
  const rate = async (next: Rating) => {
    const before = rating;
    setRating(next);
    if (await rateAnswer(messageId, next).catch(() => false)) return;
    setRating(before);
    toast.error("The rating could not be saved. Try again.");
  };
  return choices.map(({ rating: choice, label, icon: Icon }) => (
    <Tooltip key={choice} label={label}>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        aria-pressed={rating === choice}
        data-testid={`copilot-thumbs-${choice}-button`}
        className={cn(rating === choice && "text-accent")}
        onClick={() => rate(choice)}
      >
        <Icon aria-hidden className={cn(rating === choice && "fill-current")} />
      </Button>
    </Tooltip>
  ));
}
