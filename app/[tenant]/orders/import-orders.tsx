"use client";

import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Tooltip } from "@/components/ui/tooltip";
import { IMPORT_FILES } from "@/lib/orders/import/import-files";
import { paths } from "@/lib/paths";

const reportSchema = z.object({
  products: z.number(),
  customers: z.number(),
  orders: z.number(),
  lines: z.number(),
  known: z.number(),
  refusals: z.array(z.object({ file: z.string(), row: z.number(), column: z.string(), message: z.string() })),
});
const refusedSchema = z.object({ error: z.object({ message: z.string() }) });

type Outcome = { report: z.infer<typeof reportSchema> } | { failure: string } | null;

/** Orders from CSV files: choose them, see what was taken and, row by row, what was not. */
export function ImportOrders({ tenant, onImported }: { tenant: string; onImported(): void }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [currency, setCurrency] = useState("EUR");
  const [outcome, setOutcome] = useState<Outcome>(null);
  const input = useRef<HTMLInputElement>(null);

  const send = async () => {
    const chosen = [...(input.current?.files ?? [])];
    const strange = chosen.find(({ name }) => !IMPORT_FILES.some((known) => known === name.toLowerCase()));
    if (chosen.length === 0) return setOutcome({ failure: "Choose at least one file." });
    if (strange) return setOutcome({ failure: `${strange.name} is none of ${IMPORT_FILES.join(", ")}.` });
    setBusy(true);
    const read = await Promise.all(chosen.map(async (file) => [file.name.toLowerCase(), await file.text()]));
    setOutcome(await importFiles(tenant, Object.fromEntries(read), currency));
    setBusy(false);
    onImported();
  };

  return (
    <>
      <Tooltip label="Import orders">
        <Button variant="ghost" size="icon" aria-label="Import orders" onClick={() => setOpen(true)}>
          <FileUp aria-hidden />
        </Button>
      </Tooltip>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Import orders"
        description="Rows that cannot be taken are named with their line; all others are kept."
      >
        <div className="flex flex-col gap-4">
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              void send();
            }}
          >
            <Field id="import-files" label={`CSV files: ${IMPORT_FILES.join(", ")}`}>
              <Input
                ref={input}
                id="import-files"
                type="file"
                accept=".csv,text/csv"
                multiple
                disabled={busy}
                className="h-auto py-1.5 file:mr-2 file:font-medium file:text-accent"
              />
            </Field>
            <Field id="import-currency" label="Currency of the prices">
              <Input
                id="import-currency"
                className="w-24"
                maxLength={3}
                value={currency}
                onChange={(event) => setCurrency(event.target.value.toUpperCase())}
              />
            </Field>
            <Button type="submit" variant="primary" disabled={busy || currency.length !== 3} className="self-start">
              {busy ? "Importing…" : "Import"}
            </Button>
          </form>
          <ImportOutcome outcome={outcome} />
        </div>
      </Dialog>
    </>
  );
}

const SHOWN_MAX = 200;

function ImportOutcome({ outcome }: { outcome: Outcome }) {
  if (!outcome) return null;
  if ("failure" in outcome) {
    return (
      <p role="alert" className="text-failure text-sm">
        {outcome.failure}
      </p>
    );
  }
  const { products, customers, orders, lines, known, refusals } = outcome.report;
  return (
    <div className="flex min-h-0 flex-col gap-2 text-sm">
      <p role="status" className="tabular-nums">
        Taken: {orders} orders with {lines} lines, {products} products, {customers} customers.
        {known > 0 ? ` ${known} orders were known and stay as they are.` : ""}
        {refusals.length > 0
          ? ` ${refusals.length === 1 ? "One row was" : `${refusals.length} rows were`} refused:`
          : " Nothing was refused."}
      </p>
      {refusals.length > 0 ? (
        <ul aria-label="Refused rows" className="max-h-56 overflow-y-auto rounded-md bg-sunken px-3 py-2 text-xs">
          {refusals.slice(0, SHOWN_MAX).map(({ file, row, column, message }) => (
            <li key={`${file} ${row} ${column} ${message}`} className="py-0.5">
              <span className="font-mono">
                {file}:{row}
              </span>{" "}
              {column} {message}
            </li>
          ))}
          {refusals.length > SHOWN_MAX ? <li>and {refusals.length - SHOWN_MAX} more</li> : null}
        </ul>
      ) : null}
    </div>
  );
}

async function importFiles(tenant: string, files: Record<string, string>, currency: string): Promise<Outcome> {
  try {
    const response = await fetch(paths.orderImport(tenant), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ files, currency }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return { report: reportSchema.parse(answer) };
    return { failure: refusedSchema.parse(answer).error.message };
  } catch {
    return { failure: "The files could not be sent. Check your connection." };
  }
}
