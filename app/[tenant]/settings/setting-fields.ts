import type { SettingsChange, TenantSettings } from "@/contract/settings";
import { readAmount, writeAmount } from "./read-amount";

/** One setting in a form. `name` is its path, as a refusal names it. */
export interface SettingField {
  name: string;
  label: string;
  kind: "amount" | "switch" | "choice";
  /** What an empty amount means, in words. */
  placeholder?: string;
  unit?: string;
  /** How much of what is stored one of what is written is. */
  scale?: number;
  options?: readonly { value: string; label: string }[];
}

type Written = Readonly<Record<string, string>>;

function storedAt(settings: TenantSettings, name: string): unknown {
  return name.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], settings);
}

/** What the field shows for the settings. */
export function shownValue(settings: TenantSettings, { name, kind, scale }: SettingField): string {
  const value = storedAt(settings, name);
  if (kind === "amount") return writeAmount(value as number | null, scale);
  return value === null || value === undefined ? "" : String(value);
}

function readValue({ kind, scale }: SettingField, text: string): unknown {
  if (kind === "amount") return readAmount(text, scale);
  if (kind === "switch") return text === "true";
  return text === "" ? null : text;
}

/** The settings that differ from what is stored. A part of a setting takes the rest of it along. */
export function changeOf(
  settings: TenantSettings,
  fields: readonly SettingField[],
  written: Written,
): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  for (const field of fields) {
    const text = written[field.name];
    if (text === undefined || text === shownValue(settings, field)) continue;
    const [top = "", part] = field.name.split(".");
    if (!part) change[top] = readValue(field, text);
    else {
      const whole = (change[top] ?? settings[top as keyof SettingsChange]) as Record<string, unknown>;
      change[top] = { ...whole, [part]: readValue(field, text) };
    }
  }
  return change;
}
