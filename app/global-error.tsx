"use client";

import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import "./globals.css";

/** The last resort: the root layout itself failed, so this draws its own document. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh items-center justify-center">
        <ErrorState
          heading="h1"
          title="Flightdeck could not start this page"
          traceId={error.digest}
          action={<Button onClick={reset}>Try again</Button>}
        >
          Something went wrong on our side and was logged. Reload in a moment.
        </ErrorState>
      </body>
    </html>
  );
}
