"use client";

import { Search } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";

interface SearchBoxProps {
  label: string;
  q: string;
  onQ(q: string): void;
  ref?: Ref<HTMLInputElement>;
}

const TYPING_PAUSE_MS = 200;

/** A search that is asked for once somebody pauses, and follows when it is changed elsewhere. */
export function SearchBox({ label, q: asked, onQ, ref }: SearchBoxProps) {
  const [q, setQ] = useState(asked);
  const told = useRef(asked);
  const latest = useRef(onQ);
  latest.current = onQ;
  useEffect(() => {
    if (q === told.current) return;
    const timer = setTimeout(() => {
      told.current = q;
      latest.current(q);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [q]);
  // Somebody went back, or cleared the filter elsewhere.
  useEffect(() => {
    if (asked === told.current) return;
    told.current = asked;
    setQ(asked);
  }, [asked]);
  return (
    <div className="relative min-w-32 flex-1 basis-40 sm:max-w-64">
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-ink-faint" />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder="Search"
        maxLength={200}
        value={q}
        onChange={(event) => setQ(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setQ("")}
        className="pl-8"
      />
    </div>
  );
}
