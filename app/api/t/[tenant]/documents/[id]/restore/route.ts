import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { restoreDocument } from "@/lib/knowledge/delete-document";

const params = z.object({ id: z.string().max(64) });

export const POST = apiRoute({ params }, ({ identity, params }) => restoreDocument(identity, params.id));
