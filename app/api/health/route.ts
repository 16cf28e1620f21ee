export const dynamic = "force-dynamic";

/** Says that the process lives, and asks nobody else; `/api/ready` says whether it can serve. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
