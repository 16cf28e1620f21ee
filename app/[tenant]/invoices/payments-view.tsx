"use client";

import { useRef } from "react";
import { useShortcut } from "@/components/shell/use-shortcut";
import { PaymentTable } from "./payment-table";
import { SearchBox } from "./search-box";

interface PaymentsViewProps {
  tenant: string;
  batchId: string;
  q: string;
  version: string;
  onQ(q: string): void;
}

/** The payments that belong to no invoice, and the search among them. */
export function PaymentsView({ onQ, ...table }: PaymentsViewProps) {
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut({ key: "f" }, () => searchBox.current?.focus());
  return (
    <>
      <div className="flex shrink-0 items-center border-line border-b px-4 py-2">
        <SearchBox ref={searchBox} label="Search payments" q={table.q} onQ={onQ} />
      </div>
      <PaymentTable {...table} />
    </>
  );
}
