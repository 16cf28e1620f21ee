// What happens to a session while somebody is at work: its token runs out, or it is ended on another device.
import type { BrowserContext } from "@playwright/test";

const ENCODED = "base64-";

/** Lets the access token of a browser's session run out: as in an hour from now, only at once. Returns the token. */
export async function expireAccessToken(context: BrowserContext): Promise<string> {
  const parts = (await context.cookies())
    .filter(({ name }) => /^sb-.*-auth-token(\.\d+)?$/.test(name))
    .sort((a, b) => a.name.localeCompare(b.name));
  const [first] = parts;
  if (!first) throw new Error("nobody is signed in");
  const value = parts.map(({ value }) => value).join("");
  const session = JSON.parse(Buffer.from(value.slice(ENCODED.length), "base64url").toString());
  const expired = { ...session, expires_at: Math.floor(Date.now() / 1000) - 1 };
  await context.clearCookies({ name: /^sb-/ });
  const base = first.name.replace(/\.\d+$/, "");
  const encoded = ENCODED + Buffer.from(JSON.stringify(expired)).toString("base64url");
  // A browser keeps no cookie over 4 kB: the client cuts a long one into numbered pieces.
  const pieces = parts.length === 1 ? [encoded] : (encoded.match(/.{1,3000}/g) ?? []);
  await context.addCookies(
    pieces.map((value, i) => ({ ...first, name: parts.length === 1 ? base : `${base}.${i}`, value })),
  );
  return session.access_token;
}
