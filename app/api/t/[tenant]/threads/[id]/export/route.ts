import { z } from "zod";
import { notFound } from "@/lib/failures/app-error";
import { apiRoute } from "@/lib/gateway/api-route";
import { exportThread } from "@/lib/threads/export-thread";

const params = z.object({ id: z.string().max(64) });
const query = z.object({ format: z.enum(["markdown", "json"]).default("markdown") });

export const GET = apiRoute({ params, query }, async ({ identity, params: { id }, query: { format } }) => {
  const file = await exportThread(identity, id, format);
  if (!file) throw notFound();
  return new Response(file.body, {
    headers: { "content-type": file.contentType, "content-disposition": `attachment; filename="${file.filename}"` },
  });
});
