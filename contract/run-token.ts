import { z } from "zod";

// The web's word to the agent backend about who is asking: a JWT signed (HS256) with the secret that both were started with. It is
// good for one thread and some minutes. A run outlives it: what the agent backend has accepted goes on under its own lease.

export const RUN_TOKEN_ISSUER = "flightdeck-web";
export const RUN_TOKEN_AUDIENCE = "flightdeck-agent-backend";
/** A stream is opened with a token and may last longer than it. */
export const RUN_TOKEN_TTL_SECONDS = 300;

export const runTokenClaimsSchema = z.object({
  /** The user. */
  sub: z.string().min(1),
  email: z.string(),
  tenant: z.string().min(1),
  role: z.enum(["admin", "member"]),
  /** The one thread that may be touched with it; empty for requests that touch none. */
  thread: z.string(),
});
export type RunTokenClaims = z.infer<typeof runTokenClaimsSchema>;
