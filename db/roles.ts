import { createHmac } from "node:crypto";
import type pg from "pg";

export const LOGIN_ROLE = "flightdeck_web";
export const OWNER_ROLE = "flightdeck_owner";
/** What the login may become, one transaction at a time; see with-tenant.ts. */
const DOOR_ROLES = ["flightdeck_app", "flightdeck_runner", "flightdeck_system", "flightdeck_auth"];
/** Makes tenants and their first members; only an administrator's connection may become it. */
export const PROVISION_ROLE = "flightdeck_provision";

const LIMITS = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE";
// Roles belong to the cluster, so two databases that migrate at the same moment can collide on them.
const COLLISIONS = new Set(["XX000", "23505", "42710", "40001"]);

/**
 * Makes the roles where they are missing and sets the login's password. The owner owns every table and cannot log in; the login
 * owns nothing, inherits nothing (NOINHERIT), and reaches data only by becoming a door role inside a transaction.
 */
export async function ensureRoles(admin: pg.Client, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await makeRoles(admin, password);
      return;
    } catch (error) {
      if (attempt === 5 || !COLLISIONS.has((error as { code?: string }).code ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

async function makeRoles(admin: pg.Client, password: string): Promise<void> {
  const nologin = [OWNER_ROLE, PROVISION_ROLE, ...DOOR_ROLES];
  const { rows } = await admin.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname like 'flightdeck\\_%'",
  );
  const existing = new Set(rows.map((row) => row.rolname));
  for (const role of nologin) if (!existing.has(role)) await admin.query(`create role ${role} nologin ${LIMITS}`);
  if (!existing.has(LOGIN_ROLE)) await admin.query(`create role ${LOGIN_ROLE} login noinherit ${LIMITS}`);
  // ALTER ROLE takes no parameters; the password is hex, made below.
  await admin.query(`alter role ${LOGIN_ROLE} password '${password}'`);
  await admin.query(`grant ${DOOR_ROLES.join(", ")} to ${LOGIN_ROLE}`);
  await admin.query(`grant ${OWNER_ROLE}, ${PROVISION_ROLE} to current_user`);
}

/**
 * The login's password is derived from the administrator's, so every node that was given the same DATABASE_URL computes the same
 * one and nothing is stored or shared. Where the administrator needs no password (local trust), neither would the login.
 */
export function loginPassword(adminUrl: string): string {
  const { password, username } = new URL(adminUrl);
  return createHmac("sha256", decodeURIComponent(password))
    .update(`flightdeck login of ${username.split(".")[0]}`)
    .digest("hex");
}

/** The same server and database under our login; a pooler's `user.project` suffix is kept. */
export function loginUrl(adminUrl: string): string {
  const url = new URL(adminUrl);
  const suffix = url.username.includes(".") ? url.username.slice(url.username.indexOf(".")) : "";
  url.username = `${LOGIN_ROLE}${suffix}`;
  url.password = loginPassword(adminUrl);
  return url.href;
}
