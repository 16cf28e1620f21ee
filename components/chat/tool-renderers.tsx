"use client";

import { defineToolCallRenderer } from "@copilotkit/react-core/v2";
import { z } from "zod";
import { MarkLine } from "./mark-line";
import { ProductLine } from "./product-line";
import { ReadLine } from "./read-line";
import { SearchLine } from "./search-line";
import { ShipmentLine } from "./shipment-line";
import { ToolLine } from "./tool-line";

/** How each server tool shows in a conversation. Add a tool's line here; the last entry takes all others. */
export const toolRenderers = [
  defineToolCallRenderer({
    name: "search_documents",
    args: z.object({ query: z.string().optional() }),
    render: ({ args, status, result }) => <SearchLine query={args.query} status={status} result={result} />,
  }),
  defineToolCallRenderer({
    name: "read_document",
    args: z.object({}),
    render: ({ status, result }) => <ReadLine status={status} result={result} />,
  }),
  defineToolCallRenderer({
    name: "search_products",
    args: z.object({ query: z.string().optional() }),
    render: ({ args, status, result }) => <ProductLine query={args.query} status={status} result={result} />,
  }),
  defineToolCallRenderer({
    name: "get_shipment_status",
    args: z.object({ reference: z.string().optional() }),
    render: ({ args, status, result }) => <ShipmentLine reference={args.reference} status={status} result={result} />,
  }),
  defineToolCallRenderer({
    name: "mark_invoice_reconciled",
    args: z.object({ invoice: z.string().optional() }),
    render: ({ args, status, result }) => <MarkLine invoice={args.invoice} status={status} result={result} />,
  }),
  defineToolCallRenderer({
    name: "*",
    render: ({ name, status, result }) => <ToolLine name={name} status={status} result={result} />,
  }),
];
