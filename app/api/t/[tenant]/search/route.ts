import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { searchDocuments } from "@/lib/knowledge/search";

const searchQuery = z.object({
  q: z.string().trim().min(1).max(2_000),
  limit: z.coerce.number().int().min(1).max(50).optional(),
});

export const GET = apiRoute({ query: searchQuery }, async ({ identity, query }) => ({
  results: await searchDocuments(identity, query.q, { limit: query.limit }),
}));
