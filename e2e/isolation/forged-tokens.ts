import { exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Tokens that look like `genuine` and must all be refused, by what is wrong with each. */
export async function forgedTokens(genuine: string, jwks: { keys: JWK[] }): Promise<Record<string, string>> {
  const [headerText = "", payloadText = "", signature = ""] = genuine.split(".");
  const header = JSON.parse(Buffer.from(headerText, "base64url").toString());
  const claims = JSON.parse(Buffer.from(payloadText, "base64url").toString());
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const own = (protectedHeader: object, payload: object = claims) =>
    new SignJWT({ ...payload }).setProtectedHeader({ ...header, ...protectedHeader }).sign(privateKey);
  const genuineKey = await importJWK({ ...(jwks.keys[0] as JWK), ext: true }, "ES256");
  const publicKeyBytes = new TextEncoder().encode(await exportSPKI(genuineKey as Parameters<typeof exportSPKI>[0]));
  const hs = await new SignJWT(claims).setProtectedHeader({ ...header, alg: "HS256" }).sign(publicKeyBytes);
  return {
    "alg none": `${encode({ ...header, alg: "none" })}.${payloadText}.`,
    "alg nOnE": `${encode({ ...header, alg: "nOnE" })}.${payloadText}.`,
    "alg none with the genuine signature": `${encode({ ...header, alg: "none" })}.${payloadText}.${signature}`,
    "no signature": `${headerText}.${payloadText}.`,
    "another key": await own({}),
    "another key that it names itself": await own({ jwk: await crypto.subtle.exportKey("jwk", publicKey) }),
    "a key at an address of its own": await own({ jku: "http://127.0.0.1:9/jwks.json", kid: "mine" }),
    "an unknown key id": await own({ kid: "unknown" }),
    "the public key as a shared secret": hs,
    "edited claims under the genuine signature": `${headerText}.${encode({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
    "later expiry under the genuine signature": `${headerText}.${encode({ ...claims, exp: claims.exp + 9_999 })}.${signature}`,
    "not a token": "not.a.token",
  };
}
