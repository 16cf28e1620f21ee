import { Button } from "@/components/ui/button";

interface SaveBarProps {
  label: string;
  saving: boolean;
  /** Why it was not saved. */
  message: string | null;
}

/** The end of a form: its button, and what went wrong beside it. */
export function SaveBar({ label, saving, message }: SaveBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button type="submit" disabled={saving}>
        {saving ? "Saving" : label}
      </Button>
      <p role="status" className="text-failure text-sm">
        {message}
      </p>
    </div>
  );
}
