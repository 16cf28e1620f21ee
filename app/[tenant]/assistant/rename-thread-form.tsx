"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

interface RenameThreadFormProps {
  title: string;
  onSubmit(title: string): void;
  onCancel(): void;
}

const TITLE_CHARS_MAX = 120;

export function RenameThreadForm({ title, onSubmit, onCancel }: RenameThreadFormProps) {
  const [value, setValue] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  // After the menu that opened it has handed the focus back.
  useEffect(() => {
    const timer = setTimeout(() => field.current?.select());
    return () => clearTimeout(timer);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const clean = value.replace(/\s+/g, " ").trim();
    if (clean && clean !== title) onSubmit(clean);
    else onCancel();
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-2">
      <Input
        ref={field}
        aria-label="Title"
        value={value}
        maxLength={TITLE_CHARS_MAX}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // Only the form closes, not the sheet around it.
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button type="submit" variant="primary">
        Rename
      </Button>
    </form>
  );
}
