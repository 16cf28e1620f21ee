"use client";

import type { Ref } from "react";
import { Select } from "@/components/ui/select";
import { INVOICE_SHOWS, type InvoiceFilter } from "@/lib/invoices/invoice-filter";
import { SearchBox } from "./search-box";

interface FilterBarProps {
  filter: InvoiceFilter;
  searchBox: Ref<HTMLInputElement>;
  onFilter(part: Partial<InvoiceFilter>): void;
}

const showNames: Record<InvoiceFilter["show"], string> = {
  all: "Everything",
  open: "Not reconciled",
  proposed: "Proposed",
  reconciled: "Reconciled",
  edited: "Matched by hand",
};

/** Search by number, supplier, order or payment, and what is left to do. */
export function FilterBar({ filter, searchBox, onFilter }: FilterBarProps) {
  return (
    <>
      <SearchBox ref={searchBox} label="Search invoices" q={filter.q} onQ={(q) => onFilter({ q })} />
      <Select
        aria-label="Which invoices"
        value={filter.show}
        onChange={(event) => onFilter({ show: event.target.value as InvoiceFilter["show"] })}
      >
        {INVOICE_SHOWS.map((show) => (
          <option key={show} value={show}>
            {showNames[show]}
          </option>
        ))}
      </Select>
    </>
  );
}
