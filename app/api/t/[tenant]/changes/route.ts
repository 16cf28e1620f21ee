import { apiRoute } from "@/lib/gateway/api-route";
import { followThreadChanges } from "@/lib/gateway/follow-thread-changes";

export const GET = apiRoute({}, ({ identity, request }) => followThreadChanges(identity, request.signal));
