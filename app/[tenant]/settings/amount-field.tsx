"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface AmountFieldProps {
  id: string;
  label: string;
  value: string;
  /** What an empty field means. */
  placeholder?: string;
  unit?: string;
  error?: string | undefined;
  disabled?: boolean;
  onChange(value: string): void;
}

/** A number as people write one. It is text to the browser: a number field swallows what it does not understand. */
export function AmountField({ id, label, value, placeholder, unit, error, disabled, onChange }: AmountFieldProps) {
  return (
    <Field id={id} label={label} error={error ? `${label} ${error}.` : undefined}>
      <div className="flex items-center gap-2">
        <Input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          placeholder={placeholder}
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          className="max-w-40 tabular-nums"
          onChange={(event) => onChange(event.target.value)}
        />
        {unit ? <span className="text-ink-muted text-sm">{unit}</span> : null}
      </div>
    </Field>
  );
}
