"use client";

import { ChevronDown } from "lucide-react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ChatModelChoice } from "./chat-context";

interface ModelPickerProps {
  choices: readonly ChatModelChoice[];
  chosen: string;
  onChoose(id: string): void;
}

/** The model that answers from the next question on, where there is more than one to choose from. */
export function ModelPicker({ choices, chosen, onChoose }: ModelPickerProps) {
  const label = choices.find(({ id }) => id === chosen)?.label ?? chosen;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Model: ${label}`}
        className="-my-1 -ml-1 flex min-h-7 min-w-0 items-center gap-1 rounded-sm px-1 hover:text-ink"
      >
        <span className="truncate">{label}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuLabel>Answers from the next question on</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={chosen} onValueChange={onChoose}>
          {choices.map(({ id, label: name }) => (
            <DropdownMenuRadioItem key={id} value={id}>
              <span className="truncate">{name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
