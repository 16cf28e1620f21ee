import type { Message } from "@ag-ui/core";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/with-tenant";
import { plainText } from "../history";
import type * as store from "../store";
import { array, rowsOf } from "./rows";

/** `insert into messages select …`, to be followed by a condition and by what to do on conflict. */
export function messagesSql(run: store.RunRef, placed: store.PlacedMessage[]): SQL {
  const messages = placed.map(({ message }) => message);
  return sql`insert into flightdeck.messages (tenant_id, thread_id, run_id, user_id, id, position, role, message, text)
    select ${run.tenantId}, ${run.threadId}, ${run.runId}, ${run.userId}, m.id, m.position, m.role, m.message::json, m.text
    from unnest(${array(messages.map(({ id }) => id))}::text[], ${array(placed.map(({ position }) => position))}::int8[],
      ${array(messages.map(({ role }) => role))}::text[], ${array(messages.map((message) => JSON.stringify(message)))}::text[],
      ${array(messages.map(plainText))}::text[]) as m (id, position, role, message, text)`;
}

/** The stored messages of a thread, oldest first, as this transaction may see them. */
export async function getThreadMessages(tx: Tx, threadId: string): Promise<Message[]> {
  const rows = await rowsOf<{ message: Message }>(
    tx,
    sql`select message from flightdeck.messages where thread_id = ${threadId} order by position`,
  );
  return rows.map(({ message }) => message);
}
