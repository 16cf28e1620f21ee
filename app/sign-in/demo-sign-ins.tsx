"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Monogram } from "@/components/shell/monogram";
import { Spinner } from "@/components/ui/spinner";
import type { DemoAccounts } from "@/lib/gateway/demo-accounts";
import { signIn } from "./actions";
import { SignInFailure, type SignInProblem } from "./sign-in-failure";

interface DemoSignInsProps {
  demo: DemoAccounts;
  next: string;
}

/** One click for each demo account. */
export function DemoSignIns({ demo: { accounts, password }, next }: DemoSignInsProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [chosen, setChosen] = useState("");
  const [pending, startTransition] = useTransition();

  const enter = (email: string) => {
    setChosen(email);
    startTransition(async () => {
      const result = await signIn({ email, password });
      if (result.ok) router.replace(next);
      else setProblem({ message: result.message, until: result.retryAfterMs && Date.now() + result.retryAfterMs });
    });
  };

  return (
    <section aria-labelledby="demo" className="flex flex-col gap-2 border-line border-t pt-5">
      <h2 id="demo" className="font-medium text-sm">
        Or try the demo as
      </h2>
      {problem ? <SignInFailure problem={problem} /> : null}
      <ul className="flex flex-col overflow-hidden rounded-md border border-line bg-raised">
        {accounts.map(({ email, name, scope }) => (
          <li key={email} className="border-line border-t first:border-t-0">
            <button
              type="button"
              disabled={pending}
              onClick={() => enter(email)}
              className="flex w-full items-center gap-3 px-3 py-2 text-left hover:bg-sunken focus-visible:-outline-offset-2 disabled:opacity-55"
            >
              <Monogram name={name} round />
              <span className="min-w-0 flex-1">
                <span className="block text-sm">
                  {name} <span className="text-ink-faint">· {email}</span>
                </span>
                <span className="block truncate text-ink-muted text-xs">{scope}</span>
              </span>
              {pending && chosen === email ? <Spinner /> : null}
            </button>
          </li>
        ))}
      </ul>
      <p className="text-ink-faint text-xs">
        The password of each is <code className="select-all font-mono">{password}</code>.
      </p>
    </section>
  );
}
