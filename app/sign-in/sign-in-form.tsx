"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { signIn } from "./actions";
import { SignInFailure, type SignInProblem } from "./sign-in-failure";

export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await signIn({
        email: String(form.get("email") ?? ""),
        password: String(form.get("password") ?? ""),
      });
      if (result.ok) router.replace(next);
      else
        setProblem({
          message: result.message,
          fields: result.fields,
          until: result.retryAfterMs && Date.now() + result.retryAfterMs,
        });
    });
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {problem ? <SignInFailure problem={problem} /> : null}
      <Field id="email" label="Email" error={problem?.fields?.email}>
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          aria-invalid={problem?.fields?.email ? true : undefined}
          aria-describedby={problem?.fields?.email ? "email-error" : undefined}
        />
      </Field>
      <Field id="password" label="Password" error={problem?.fields?.password}>
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={problem?.fields?.password ? true : undefined}
          aria-describedby={problem?.fields?.password ? "password-error" : undefined}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" disabled={pending}>
        {pending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
