import { errors, jwtVerify } from "jose";
import { RUN_TOKEN_AUDIENCE, RUN_TOKEN_ISSUER, type RunTokenClaims, runTokenClaimsSchema } from "@/contract/run-token";

/** Who is asking, by the web's word. Null for a token that is missing, made up, expired or meant for somebody else. */
export async function verifyRunToken(
  authorization: string | undefined,
  secret: Uint8Array,
): Promise<RunTokenClaims | null> {
  const token = /^bearer +([\w.-]+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      issuer: RUN_TOKEN_ISSUER,
      audience: RUN_TOKEN_AUDIENCE,
      requiredClaims: ["sub", "exp"],
    });
    const claims = runTokenClaimsSchema.safeParse(payload);
    return claims.success ? claims.data : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
