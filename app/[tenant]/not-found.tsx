import { EmptyState } from "@/components/ui/empty-state";

export default function TenantNotFound() {
  return (
    <main className="h-full overflow-y-auto bg-surface">
      <EmptyState heading="h1" title="There is nothing here">
        It was deleted, or the address is wrong, or you may not see it.
      </EmptyState>
    </main>
  );
}
