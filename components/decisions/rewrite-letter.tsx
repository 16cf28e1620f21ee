"use client";

import { PenLine, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { useLetterWriter } from "./letter-writer";

interface RewriteLetterProps {
  body: string;
  disabled: boolean;
  onWritten(body: string): void;
}

type State = { kind: "idle" } | { kind: "writing" } | { kind: "written"; was: string; now: string } | Refused;
type Refused = { kind: "refused"; message: string };

/** Has a letter put into other words, to be read and changed before it goes. Shows nothing where no model is connected. */
export function RewriteLetter({ body, disabled, onWritten }: RewriteLetterProps) {
  const writer = useLetterWriter();
  const [wish, setWish] = useState("");
  const [state, setState] = useState<State>({ kind: "idle" });
  const shown = useRef(body);
  shown.current = body;
  if (!writer) return null;
  const writing = state.kind === "writing";
  const unable = disabled || writing || body.trim() === "";

  const write = async () => {
    if (unable) return;
    setState({ kind: "writing" });
    const result = await writer.rewrite({ body, wish }).catch(() => null);
    if (!result?.ok) {
      setState({
        kind: "refused",
        message: result?.message ?? "The letter could not be written. Check your connection.",
      });
    } else if (shown.current !== body) {
      setState({ kind: "refused", message: "You changed the letter meanwhile, so it was left as you have it." });
    } else {
      setState({ kind: "written", was: body, now: result.data.body });
      onWritten(result.data.body);
    }
  };

  return (
    <section aria-label="Other words" className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          aria-label="How the letter should read"
          className="w-auto min-w-40 flex-1"
          placeholder="Shorter, friendlier, in German …"
          maxLength={200}
          disabled={disabled || writing}
          value={wish}
          onChange={(event) => setWish(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void write();
          }}
        />
        <Button disabled={unable} onClick={() => void write()}>
          {writing ? <Spinner /> : <PenLine aria-hidden />} Put it into other words
        </Button>
        {state.kind === "written" && state.now === body ? (
          <Button
            variant="ghost"
            disabled={disabled}
            onClick={() => {
              onWritten(state.was);
              setState({ kind: "idle" });
            }}
          >
            <Undo2 aria-hidden /> As it was
          </Button>
        ) : null}
      </div>
      {state.kind === "refused" ? (
        <p role="alert" className="text-failure text-sm">
          {state.message}
        </p>
      ) : (
        <p role="status" className="text-ink-muted text-xs">
          {writing
            ? `${writer.model} is writing …`
            : state.kind === "written" && state.now === body
              ? `${writer.model} wrote this. Its numbers, references and links are those of the letter before. Read it before it goes.`
              : `${writer.model} changes the words. Numbers, references and links are checked to stay.`}
        </p>
      )}
    </section>
  );
}
