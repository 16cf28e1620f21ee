import { useState } from "react";
import type { ChatModelLabel } from "./chat-context";

/** The model that the person chose for an agent of a tenant, kept in this browser while it is one that may be chosen. */
export function useModelChoice(scope: string, choices: ChatModelLabel["choices"] = []) {
  const key = `flightdeck.model:${scope}`;
  const [stored, setStored] = useState(() => read(key));
  const chosen = choices.find(({ id }) => id === stored)?.id ?? choices[0]?.id;
  const choose = (id: string) => {
    setStored(id);
    keep(key, id);
  };
  return { chosen, choose };
}

// A browser may refuse to store anything; then the choice lasts as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {}
}
