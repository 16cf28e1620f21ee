import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { authKeys } from "@/db/local-auth/schema";
import type { Doors } from "@/db/with-tenant";

export const SIGNING_ALGORITHM = "ES256";

/** The keys of one instance. They are made once, kept in the database, and shared by every node on it. */
export interface LocalAuthKeys {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  /** The public half as published under `.well-known/jwks.json`. */
  publicJwk: JWK;
  /** The API key of the admin endpoints. */
  secretKey: string;
  /** Signs refresh tokens. */
  refreshKey: Buffer;
}

/** Reads the instance's keys, making those that are missing. Two nodes that race make one set: the first insert wins. */
export async function loadKeys(doors: Pick<Doors, "withAuth">): Promise<LocalAuthKeys> {
  return doors.withAuth(async (tx) => {
    const keep = async <T>(name: "signing" | "secret" | "refresh", make: () => Promise<T> | T): Promise<T> => {
      const read = () => tx.select({ value: authKeys.value }).from(authKeys).where(eq(authKeys.name, name));
      const [known] = await read();
      if (known) return known.value as T;
      await tx
        .insert(authKeys)
        .values({ name, value: await make() })
        .onConflictDoNothing();
      const [kept] = await read();
      return kept?.value as T;
    };
    const jwk = await keep("signing", makeSigningJwk);
    const secretKey = await keep("secret", () => `sb_secret_${randomBytes(24).toString("base64url")}`);
    const refreshKey = await keep("refresh", () => randomBytes(32).toString("base64url"));
    const { d: _private, ...publicJwk } = jwk;
    return {
      kid: jwk.kid ?? "",
      privateKey: (await importJWK(jwk, SIGNING_ALGORITHM)) as CryptoKey,
      publicKey: (await importJWK(publicJwk, SIGNING_ALGORITHM)) as CryptoKey,
      publicJwk,
      secretKey,
      refreshKey: Buffer.from(refreshKey, "base64url"),
    };
  });
}

async function makeSigningJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: SIGNING_ALGORITHM, use: "sig", key_ops: undefined };
}
