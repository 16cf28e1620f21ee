"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { LetterWish } from "@/contract/letters";
import type { ActionResult } from "@/lib/gateway/define-action";

export interface LetterWriter {
  /** The name of the model that writes. */
  model: string;
  rewrite(letter: LetterWish): Promise<ActionResult<{ body: string }>>;
}

const WriterContext = createContext<LetterWriter | null>(null);

interface LetterWriterProviderProps {
  /** Null where no model is connected: letters are then changed by hand alone. */
  writer: LetterWriter | null;
  children: ReactNode;
}

/** Who puts letters into other words on the pages below. */
export function LetterWriterProvider({ writer, children }: LetterWriterProviderProps) {
  return <WriterContext value={writer}>{children}</WriterContext>;
}

export const useLetterWriter = (): LetterWriter | null => useContext(WriterContext);
