"use client";

import { ReceiptText } from "lucide-react";
import { useCallback } from "react";
import type { PaletteSearch } from "@/components/shell/palette-actions";
import { listInvoices } from "./actions";

const FOUND_MAX = 6;

/** Invoices of the set that is shown, by the words in the palette. */
export function usePaletteSearch(
  tenant: string,
  batchId: string | undefined,
  open: (row: number) => void,
): PaletteSearch {
  return useCallback(
    async (q) => {
      if (!batchId) return [];
      const result = await listInvoices(tenant, { batchId, q, limit: FOUND_MAX });
      return (result.ok ? result.data.rows : []).map(({ row, invoiceNumber, supplier }) => ({
        id: `invoice ${row}`,
        group: "Invoices",
        label: `${invoiceNumber}, ${supplier}`,
        icon: ReceiptText,
        run: () => open(row),
      }));
    },
    [tenant, batchId, open],
  );
}
