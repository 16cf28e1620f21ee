import { z } from "zod";
import { invalidRequest, notFound } from "@/lib/failures/app-error";
import { apiRoute } from "@/lib/gateway/api-route";
import { archiveThread } from "@/lib/threads/archive-thread";
import { deleteThread } from "@/lib/threads/delete-thread";
import { getThread } from "@/lib/threads/get-thread";
import { renameThread } from "@/lib/threads/rename-thread";

const params = z.object({ id: z.string().max(64) });
const change = z.object({ title: z.string().max(1000).optional(), archived: z.boolean().optional() });

export const GET = apiRoute({ params }, async ({ identity, params: { id } }) => {
  const found = await getThread(identity, id);
  if (!found) throw notFound();
  return found;
});

export const PATCH = apiRoute({ params, body: change }, async ({ identity, params: { id }, body }) => {
  if (body.title === undefined && body.archived === undefined) throw invalidRequest("Send a title, or archived.");
  let thread = body.title === undefined ? undefined : await renameThread(identity, id, body.title);
  if (body.archived !== undefined) thread = await archiveThread(identity, id, body.archived);
  return { thread };
});

export const DELETE = apiRoute({ params }, async ({ identity, params: { id } }) => {
  await deleteThread(identity, id);
  return new Response(null, { status: 204 });
});
