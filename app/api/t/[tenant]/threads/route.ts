import { z } from "zod";
import { copilotIds } from "@/lib/copilots/registry";
import { invalidRequest } from "@/lib/failures/app-error";
import { apiRoute } from "@/lib/gateway/api-route";
import { createThread } from "@/lib/threads/create-thread";
import { listThreads } from "@/lib/threads/list-threads";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

const listQuery = z.object({
  q: z.string().max(200).optional(),
  agent: z.string().max(64).optional(),
  archived: flag.optional(),
  scope: z.enum(["own", "tenant"]).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const GET = apiRoute({ query: listQuery }, ({ identity, query }) => listThreads(identity, query));

export const POST = apiRoute({ body: z.object({ agent: z.string().max(64) }) }, async ({ identity, body }) => {
  if (!copilotIds().includes(body.agent))
    throw invalidRequest("There is no such agent.", { agent: "not an agent of this app" });
  return Response.json(await createThread(identity, body.agent), { status: 201 });
});
