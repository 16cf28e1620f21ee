import type { ReactNode } from "react";

interface SettingsSectionProps {
  id: string;
  title: string;
  /** What it is for, in a sentence or two. */
  intro: ReactNode;
  children: ReactNode;
}

export function SettingsSection({ id, title, intro, children }: SettingsSectionProps) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div>
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        <p className="max-w-[68ch] text-ink-muted text-sm">{intro}</p>
      </div>
      {children}
    </section>
  );
}
