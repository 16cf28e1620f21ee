"use client";

import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <ErrorState
        heading="h1"
        title="This page could not be shown"
        traceId={error.digest}
        action={<Button onClick={reset}>Try again</Button>}
      >
        Something went wrong on our side and was logged. Nothing that you saved is lost.
      </ErrorState>
    </main>
  );
}
