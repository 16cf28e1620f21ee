import { SignJWT } from "jose";
import { RUN_TOKEN_AUDIENCE, RUN_TOKEN_ISSUER, RUN_TOKEN_TTL_SECONDS } from "@/contract/run-token";
import { env } from "@/lib/env";
import { unavailable } from "@/lib/failures/app-error";
import type { RequestIdentity } from "./identity";

/** Whose word it is; the slug and the name of the tenant are of no concern to an agent. */
export type RunCaller = Pick<RequestIdentity, "userId" | "email" | "tenantId" | "role">;

/** What tells the agent backend who is asking, good for one thread (or none, "") and a few minutes. */
export async function mintRunToken({ userId, email, tenantId, role }: RunCaller, thread: string): Promise<string> {
  const secret = env().RUN_TOKEN_SECRET;
  if (!secret) throw unavailable("No agent backend is connected.");
  return new SignJWT({ email, tenant: tenantId, role, thread })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setIssuer(RUN_TOKEN_ISSUER)
    .setAudience(RUN_TOKEN_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${RUN_TOKEN_TTL_SECONDS}s`)
    .sign(new TextEncoder().encode(secret));
}
