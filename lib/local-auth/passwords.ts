import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number },
) => Promise<Buffer>;

// 16 MiB and five passes: the smallest memory of the settings OWASP holds equal (Password Storage Cheat Sheet, scrypt).
const COST = { N: 2 ** 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

export const PASSWORD_CHARS_MIN = 8;
// Longer input buys an attacker work, not a user safety.
export const PASSWORD_CHARS_MAX = 256;

/** A salted hash that names its own cost, so that a later change of COST keeps old passwords working. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/**
 * Whether the password fits the hash. Without a hash (no such account) it does the same work and answers false, so that the time
 * an answer takes does not tell which addresses have accounts.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = (stored ?? NO_ACCOUNT).split("$");
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), HASH_BYTES, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(actual, expected) && stored !== undefined;
}

const NO_ACCOUNT = [
  "scrypt",
  COST.N,
  COST.r,
  COST.p,
  randomBytes(SALT_BYTES).toString("base64url"),
  randomBytes(HASH_BYTES).toString("base64url"),
].join("$");
