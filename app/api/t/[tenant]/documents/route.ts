import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { listDocuments } from "@/lib/knowledge/documents";
import { ingestDocument } from "@/lib/knowledge/ingest";
import { readUpload } from "@/lib/knowledge/read-upload";

const listQuery = z.object({
  q: z.string().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const GET = apiRoute({ query: listQuery }, ({ identity, query }) => listDocuments(identity, query));

export const POST = apiRoute({}, async ({ identity, request }) => {
  const { created, ...document } = await ingestDocument(identity, await readUpload(request));
  return Response.json(document, { status: created ? 201 : 200 });
});
