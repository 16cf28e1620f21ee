import pg from "pg";
import { connectToHome } from "@/scripts/connect-to-home";

/** Changes what a tenant's admins have set, without a page: where the setting is not what the journey is about. Null takes one back. */
export async function setTenantSettings(slug: string, change: Record<string, unknown>): Promise<void> {
  process.env.FLIGHTDECK_HOME = process.env.E2E_HOME;
  await connectToHome();
  const client = new pg.Client({ connectionString: process.env.FLIGHTDECK_DATABASE_URL });
  await client.connect();
  try {
    await client.query(
      "update flightdeck.tenants set settings = jsonb_strip_nulls(settings || $1::jsonb) where slug = $2",
      [JSON.stringify(change), slug],
    );
  } finally {
    await client.end();
  }
}
