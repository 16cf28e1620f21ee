"use client";

import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useChat } from "./chat-context";
import { useStore } from "./store";

/** A dropped connection is usually back before anybody noticed; only then is it worth words. */
const SILENT_MS = 5_000;

export function ConnectionBanner() {
  const { session } = useChat();
  const reconnecting = useStore(session.connection) === "reconnecting";
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!reconnecting) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, [reconnecting]);
  return (
    <div role="status">
      {shown ? (
        <p className="flex items-center gap-2 border-line border-t bg-attention-soft px-4 py-1.5 text-attention text-xs">
          <CloudOff aria-hidden className="size-3.5 shrink-0" />
          {navigator.onLine
            ? "Connection lost. Reconnecting; the answer goes on meanwhile and will be here."
            : "You are offline. The answer goes on meanwhile and will be here when you are back."}
        </p>
      ) : null}
    </div>
  );
}
