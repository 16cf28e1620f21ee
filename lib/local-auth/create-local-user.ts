import type { Doors } from "@/db/with-tenant";
import { hashPassword } from "./passwords";
import { findUser, insertUser, requireEmail, requirePassword } from "./users";

/**
 * Makes an account without HTTP, for the seed. An address that has one keeps it, password included. Returns the user's id, which
 * is the subject of every token and what memberships are made of.
 */
export async function createLocalUser(
  doors: Pick<Doors, "withAuth">,
  account: { email: string; password: string; name?: string },
): Promise<string> {
  const email = requireEmail(account.email);
  const known = await doors.withAuth((tx) => findUser(tx, { email }));
  if (known) return known.id;
  const row = {
    email,
    passwordHash: await hashPassword(requirePassword(account.password)),
    userMetadata: account.name ? { name: account.name } : {},
    emailConfirmedAt: new Date(),
  };
  try {
    return (await doors.withAuth((tx) => insertUser(tx, row, "email_exists"))).id;
  } catch (error) {
    // Another node seeded the same account in between.
    const other = await doors.withAuth((tx) => findUser(tx, { email }));
    if (other) return other.id;
    throw error;
  }
}
