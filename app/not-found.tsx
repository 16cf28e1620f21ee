import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        heading="h1"
        title="This page does not exist"
        action={
          <Button asChild>
            <Link href={paths.home()}>Go to your workspace</Link>
          </Button>
        }
      >
        Either the address is wrong, or you are not a member of the workspace that it names.
      </EmptyState>
    </main>
  );
}
