import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface NoticeBoxProps {
  icon: LucideIcon;
  tone?: "neutral" | "attention" | "failure";
  title?: string;
  children: ReactNode;
  action?: ReactNode;
  /** Several actions have a row of their own. */
  actions?: ReactNode;
}

const toneClass = { neutral: "text-ink-faint", attention: "text-attention", failure: "text-failure" };

/** A note in the conversation about how an answer went. */
export function NoticeBox({ icon: Icon, tone = "neutral", title, children, action, actions }: NoticeBoxProps) {
  return (
    <div
      data-testid="notice"
      className="my-2 flex items-start gap-2 rounded-md border border-line bg-raised px-3 py-2 text-sm"
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", toneClass[tone])} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
        {actions ? <div className="mt-2 flex flex-wrap gap-1.5">{actions}</div> : null}
      </div>
      {action}
    </div>
  );
}
