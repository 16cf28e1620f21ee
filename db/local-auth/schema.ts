// The tables of the local Supabase Auth stand-in. They live in a schema of their own, reached by one role only, and are not made
// where a Supabase project keeps its own `auth` schema. After a change:
// `drizzle-kit generate --dialect postgresql --schema db/local-auth/schema.ts --out db/local-auth/migrations`
import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgPolicy, pgRole, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";

const auth = pgSchema("auth");
const authRole = pgRole("flightdeck_auth").existing();

const instant = (name: string) => timestamp(name, { withTimezone: true });
// Only the stand-in's own role, and it serves every user; nobody else has a policy, not even the tables' owner.
const standInOnly = (name: string) =>
  pgPolicy(name, { for: "all", to: authRole, using: sql`true`, withCheck: sql`true` });

export const authUsers = auth.table(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Lower case; two spellings of one address are one account. */
    email: text().notNull().unique(),
    passwordHash: text("password_hash").notNull(),
    /** Written by the admin API only: safe to decide by. */
    appMetadata: jsonb("app_metadata").$type<Record<string, unknown>>().notNull().default({}),
    /** Written by the user: never decide anything by it. */
    userMetadata: jsonb("user_metadata").$type<Record<string, unknown>>().notNull().default({}),
    emailConfirmedAt: instant("email_confirmed_at"),
    bannedUntil: instant("banned_until"),
    lastSignInAt: instant("last_sign_in_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  () => [standInOnly("users_stand_in")],
);

/** A signed-in browser or machine. Its refresh tokens are not stored: each is the session's id and a counter, signed. */
export const authSessions = auth.table(
  "sessions",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => authUsers.id, { onDelete: "cascade" }),
    /** The counter of the newest refresh token; a lower one was already used. */
    refreshCounter: integer("refresh_counter").notNull().default(0),
    refreshedAt: instant("refreshed_at").notNull().defaultNow(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [index("sessions_user").on(t.userId), standInOnly("sessions_stand_in")],
);

/** What the instance made for itself once: the signing key, the secret API key, the key that refresh tokens are signed with. */
export const authKeys = auth.table(
  "keys",
  {
    name: text({ enum: ["signing", "secret", "refresh"] }).primaryKey(),
    value: jsonb().$type<unknown>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  () => [standInOnly("keys_stand_in")],
);
