"use client";

import { type FormEvent, useState } from "react";
import type { ShownModel } from "./queries";
import { SaveBar } from "./save-bar";
import { useSavingSettings } from "./use-saving";

interface ModelsFormProps {
  tenant: string;
  models: readonly ShownModel[];
  /** Null: all of them. */
  allowed: readonly string[] | null;
  readOnly: boolean;
}

/** Which of the installation's models people may choose. */
export function ModelsForm({ tenant, models, allowed, readOnly }: ModelsFormProps) {
  const [changed, setChanged] = useState<ReadonlySet<string> | null>(null);
  const { submit, saving, errors, message } = useSavingSettings(tenant, "Models", () => setChanged(null));
  const stored = models.filter(({ id }) => allowed === null || allowed.includes(id)).map(({ id }) => id);
  const chosen = changed ?? new Set(stored);
  const save = (event: FormEvent) => {
    event.preventDefault();
    // All of them stays all of them when the installation gets another.
    submit({ allowedModels: chosen.size === models.length ? null : [...chosen] });
  };
  const choose = (id: string, wanted: boolean) => {
    const after = new Set(chosen);
    if (wanted) after.add(id);
    else after.delete(id);
    setChanged(after);
  };
  return (
    <form onSubmit={save} aria-label="Allowed models" className="flex flex-col gap-3 border-line border-t py-4">
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 font-medium text-sm">Models that people may choose</legend>
        {models.map(({ id, label }) => (
          <label key={id} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={chosen.has(id)}
              disabled={readOnly || models.length === 1}
              onChange={(event) => choose(id, event.target.checked)}
              className="size-4 accent-[var(--fd-accent)]"
            />
            {label}
          </label>
        ))}
      </fieldset>
      {errors.allowedModels ? <p className="text-failure text-sm">Allowed models {errors.allowedModels}.</p> : null}
      {models.length === 1 ? (
        <p className="text-ink-muted text-sm">
          This installation offers one model. Further ones are set by its operator.
        </p>
      ) : null}
      {readOnly || models.length === 1 ? null : <SaveBar label="Save models" saving={saving} message={message} />}
    </form>
  );
}
