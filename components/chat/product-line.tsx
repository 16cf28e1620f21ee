"use client";

import { PackageSearch } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { type SearchProductsResult, searchProductsResultSchema } from "@/contract/backend-actions";
import { LookupCard } from "./lookup-card";
import { parseToolResult } from "./parse-tool-result";

interface ProductLineProps {
  query?: string;
  status: "inProgress" | "executing" | "complete";
  result?: string;
}

/** What `search_products` looks for in the catalogue, and what it found. */
export function ProductLine({ query, status, result }: ProductLineProps) {
  const about = query ? ` “${query}”` : "";
  if (status !== "complete")
    return <LookupCard icon={<Spinner />} title={`Looking up${about} in the catalogue…`} busy />;
  const found: SearchProductsResult | null = parseToolResult(searchProductsResultSchema, result);
  const icon = <PackageSearch aria-hidden />;
  if (found?.status !== "ok")
    return (
      <LookupCard icon={icon} title="The catalogue could not be searched" failed>
        <p>{found?.message ?? "It gave no answer that can be read."}</p>
      </LookupCard>
    );
  const { products } = found;
  return (
    <LookupCard icon={icon} title={`Products for${about}`}>
      {products.length === 0 ? <p>Nothing was found.</p> : null}
      <ul className="flex flex-col gap-1">
        {products.map(({ sku, name, available }) => (
          <li key={sku} className="flex gap-2">
            <span className="min-w-0 flex-1 break-words text-ink">{name}</span>
            <span className="font-mono">{sku}</span>
            <span className="w-20 text-right tabular-nums">{available > 0 ? `${available} in stock` : "sold out"}</span>
          </li>
        ))}
      </ul>
    </LookupCard>
  );
}
