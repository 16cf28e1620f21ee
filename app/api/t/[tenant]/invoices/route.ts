import { apiRoute } from "@/lib/gateway/api-route";
import { importBooks } from "@/lib/invoices/import-books";
import { listBatches } from "@/lib/invoices/list-batches";
import { readBookFiles } from "@/lib/invoices/read-book-files";

export const GET = apiRoute({}, async ({ identity }) => ({ batches: await listBatches(identity) }));

export const POST = apiRoute({}, async ({ identity, request }) => {
  const books = await importBooks(identity, await readBookFiles(request));
  return Response.json(books, { status: 201 });
});
