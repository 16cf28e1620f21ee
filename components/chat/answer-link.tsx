import type { ComponentProps } from "react";

const SAFE = /^(https?:|mailto:)/i;

/** A link in an answer: only to the web or to mail, in a new tab, telling the other side nothing. Anything else is plain text. */
export function AnswerLink({ href, children }: ComponentProps<"a">) {
  if (!href || !SAFE.test(href)) return <span>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent underline underline-offset-2"
    >
      {children}
    </a>
  );
}
