import { z } from "zod";
import { notFound } from "@/lib/failures/app-error";
import { apiRoute } from "@/lib/gateway/api-route";
import { deleteDocument } from "@/lib/knowledge/delete-document";
import { getDocument } from "@/lib/knowledge/documents";
import { replaceDocument } from "@/lib/knowledge/ingest";
import { readUpload } from "@/lib/knowledge/read-upload";

const params = z.object({ id: z.string().max(64) });

export const GET = apiRoute({ params }, async ({ identity, params }) => {
  const document = await getDocument(identity, params.id);
  if (!document) throw notFound();
  return document;
});

export const PUT = apiRoute({ params }, async ({ identity, params, request }) => {
  const { created: _, ...document } = await replaceDocument(identity, params.id, await readUpload(request));
  return document;
});

export const DELETE = apiRoute({ params }, async ({ identity, params }) => {
  await deleteDocument(identity, params.id);
  return new Response(null, { status: 204 });
});
