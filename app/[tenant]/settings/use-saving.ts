"use client";

import { useRouter } from "next/navigation";
import { startTransition, useState, useTransition } from "react";
import { toast } from "sonner";
import { changeSettings } from "./actions";

/** As `defineAction` answers: `data` is the input that takes the change back. */
type Saved<Input> =
  | { ok: true; data: Input }
  | { ok: false; message: string; fields?: Record<string, string>; code: string };

const FAILED = "This could not be saved. What was set before still holds; try again in a moment.";

/** Saving one form: which fields were refused, and an undo for what was not. `onSaved` lets the form show what is stored. */
export function useSaving<Input>(save: (input: Input) => Promise<Saved<Input>>, what: string, onSaved: () => void) {
  const router = useRouter();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [message, setMessage] = useState<string | null>(null);
  const [saving, startSaving] = useTransition();

  const undo = (before: Input) =>
    startSaving(async () => {
      const result = await save(before).catch(() => null);
      if (result?.ok) toast.success(`${what}: taken back`);
      else toast.error(result?.message ?? FAILED);
      router.refresh();
    });

  const submit = (input: Input) =>
    startSaving(async () => {
      const result = await save(input).catch(() => null);
      setErrors(result && !result.ok ? (result.fields ?? {}) : {});
      setMessage(result?.ok ? null : (result?.message ?? FAILED));
      if (!result?.ok) return;
      toast.success(`${what}: saved`, { action: { label: "Undo", onClick: () => undo(result.data) } });
      // Together, so that the fields do not show what was there before for a moment.
      startTransition(() => {
        onSaved();
        router.refresh();
      });
    });

  return { submit, saving, errors, message };
}

/** The same for some of the settings. What is in the change is the server's to check. */
export function useSavingSettings(tenant: string, what: string, onSaved: () => void) {
  return useSaving((change: Record<string, unknown>) => changeSettings(tenant, change), what, onSaved);
}
