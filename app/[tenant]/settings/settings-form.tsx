"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { TenantSettings } from "@/contract/settings";
import { AmountField } from "./amount-field";
import { SaveBar } from "./save-bar";
import { changeOf, type SettingField, shownValue } from "./setting-fields";
import { useSavingSettings } from "./use-saving";

interface SettingsFormProps {
  tenant: string;
  /** What the form is about, for those who do not see its heading, and for the message that it was saved. */
  label: string;
  settings: TenantSettings;
  fields: readonly SettingField[];
  readOnly: boolean;
}

/** Some settings with one button. Only what was changed is sent. */
export function SettingsForm({ tenant, label, settings, fields, readOnly }: SettingsFormProps) {
  const [written, setWritten] = useState<Record<string, string>>({});
  const { submit, saving, errors, message } = useSavingSettings(tenant, label, () => setWritten({}));
  const save = (event: FormEvent) => {
    event.preventDefault();
    const change = changeOf(settings, fields, written);
    if (Object.keys(change).length > 0) submit(change);
    else toast.info(`${label}: nothing was changed`);
  };
  const control = (field: SettingField) => {
    const { name, label, kind, options = [], placeholder, unit } = field;
    const id = `setting-${name}`;
    const value = written[name] ?? shownValue(settings, field);
    const write = (text: string) => setWritten((before) => ({ ...before, [name]: text }));
    const error = errors[name];
    if (kind === "amount")
      return (
        <AmountField
          key={name}
          {...{ id, label, value, placeholder, unit, error, disabled: readOnly }}
          onChange={write}
        />
      );
    if (kind === "choice")
      return (
        <Field key={name} id={id} label={label} error={error ? `${label} ${error}.` : undefined}>
          <Select
            id={id}
            value={value}
            disabled={readOnly}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            onChange={(event) => write(event.target.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </Select>
        </Field>
      );
    return (
      <label key={name} className="flex items-start gap-2 self-end text-sm">
        <input
          type="checkbox"
          checked={value === "true"}
          disabled={readOnly}
          onChange={(event) => write(String(event.target.checked))}
          className="mt-0.5 size-4 accent-[var(--fd-accent)]"
        />
        {label}
      </label>
    );
  };
  return (
    <form onSubmit={save} aria-label={label} className="flex flex-col gap-4 border-line border-t py-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{fields.map(control)}</div>
      {readOnly ? null : <SaveBar label="Save" saving={saving} message={message} />}
    </form>
  );
}
