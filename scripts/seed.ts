// Adds the demo: its users, its two tenants with their members, and their documents, through the same functions that an upload takes.
// Every step may be repeated, so that a seed which was cut off, or two nodes that start at once, end with one demo.
import { createClient } from "@supabase/supabase-js";
import { sql } from "drizzle-orm";
import { importOwnBooks } from "@/agent-backend/books/import-own-books";
import { tenantWork } from "@/agent-backend/tenant-work";
import { provisionTenant } from "@/db/provision";
import { tenants } from "@/db/schema";
import { type DemoUser, demoPassword, demoTenants, demoUsers, listDemoDocuments } from "@/db/seed/demo";
import { readDemoBooks } from "@/db/seed/demo/books";
import { readDemoOrders } from "@/db/seed/demo/orders";
import { type TenantContext, withAuth, withRunner, withTenant } from "@/db/with-tenant";
import { env } from "@/lib/env";
import { ingestDocument } from "@/lib/knowledge/ingest";
import { createLocalUser } from "@/lib/local-auth/create-local-user";
import { importOrders } from "@/lib/orders/import/import-orders";

const adminUrl = process.env.FLIGHTDECK_ADMIN_DATABASE_URL;
if (!adminUrl) throw new Error("FLIGHTDECK_ADMIN_DATABASE_URL is not set: `npm start` runs this script.");

const userIds = new Map<string, string>();
for (const user of demoUsers) userIds.set(user.email, await createUser(user));

let documents = 0;
let orders = 0;
let invoices = 0;
for (const tenant of demoTenants) {
  const { slug, name, description, suggestions } = tenant;
  const members = demoUsers.flatMap((user) =>
    user.memberships
      .filter((membership) => membership.tenant === slug)
      .map(({ role }) => ({ userId: userIds.get(user.email) ?? "", email: user.email, name: user.name, role })),
  );
  const tenantId = await provisionTenant(adminUrl, {
    slug,
    name,
    description,
    demo: true,
    settings: { suggestions: [...suggestions] },
    members,
  });
  const admin = members.find(({ role }) => role === "admin");
  if (!admin) throw new Error(`the demo tenant ${slug} has no admin`);
  const context: TenantContext = { tenantId, userId: admin.userId, role: "admin" };
  for (const file of await listDemoDocuments(slug)) {
    await ingestDocument(context, file);
    documents++;
  }
  const business = await readDemoOrders(slug);
  orders += (await importOrders(context, business.files, business.currency)).orders;
  invoices += await seedBooks(context, slug);
  await markComplete(context);
}
console.log(
  `${demoTenants.length} tenants, ${demoUsers.length} users, ${documents} documents, ${orders} orders, ${invoices} invoices`,
);
process.exit(0);

async function createUser({ email, name }: DemoUser): Promise<string> {
  const { SUPABASE_URL, SUPABASE_SECRET_KEY } = env();
  if (!SUPABASE_URL) return createLocalUser({ withAuth }, { email, password: demoPassword, name });
  if (!SUPABASE_SECRET_KEY)
    throw new Error("SUPABASE_SECRET_KEY is needed to make the demo users; FLIGHTDECK_DEMO=0 starts without them.");
  const { admin } = createClient(SUPABASE_URL, SUPABASE_SECRET_KEY, { auth: { persistSession: false } }).auth;
  const made = await admin.createUser({ email, password: demoPassword, email_confirm: true, user_metadata: { name } });
  if (made.data.user) return made.data.user.id;
  for (let page = 1; ; page++) {
    const { data, error } = await admin.listUsers({ page, perPage: 200 });
    if (error) throw error;
    const known = data.users.find((user) => user.email === email);
    if (known) return known.id;
    if (data.users.length === 0) throw made.error ?? new Error(`${email} could not be made`);
  }
}

/** Orders, invoices and bank lines to be reconciled. Returns how many invoices. */
async function seedBooks({ tenantId, userId }: TenantContext, slug: string): Promise<number> {
  const books = await readDemoBooks(slug);
  const imported = await importOwnBooks(tenantWork({ withRunner }, tenantId), tenantId, {
    title: "September and October 2026",
    createdBy: userId,
    suppliers: books["suppliers.csv"],
    purchaseOrders: books["purchase_orders.csv"],
    invoices: books["invoices.csv"],
    bank: books["bank_transactions.csv"],
  });
  return imported?.counts.invoices ?? 0;
}

/** From now on a document that somebody deletes stays deleted. */
async function markComplete(context: TenantContext): Promise<void> {
  const mark = JSON.stringify({ demoSeededAt: new Date().toISOString() });
  await withTenant(context, (tx) =>
    tx
      .update(tenants)
      .set({ settings: sql`${tenants.settings} || ${mark}::jsonb` })
      .where(sql`id = ${context.tenantId}`),
  );
}
