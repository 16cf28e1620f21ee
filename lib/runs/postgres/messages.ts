import type { Message } from "@ag-ui/core";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/with-tenant";
import { plainText } from "../history";
import type * as store from "../store";
import { array, rowsOf } from "./rows";

/** `insert into messages select …` for runs of one tenant, to be followed by a condition and by what to do on conflict. */
export function messagesSql(tenantId: string, said: { run: store.RunRef; messages: store.PlacedMessage[] }[]): SQL {
  const rows = said.flatMap(({ run, messages }) => messages.map((placed) => ({ run, ...placed })));
  const column = (of: (row: (typeof rows)[number]) => unknown) => array(rows.map(of));
  return sql`insert into flightdeck.messages (tenant_id, thread_id, run_id, user_id, id, position, role, message, text)
    select ${tenantId}, m.thread_id, m.run_id, m.user_id, m.id, m.position, m.role, m.message::json, m.text
    from unnest(${column(({ run }) => run.threadId)}::text[], ${column(({ run }) => run.runId)}::text[], ${column(({ run }) => run.userId)}::text[],
      ${column(({ message }) => message.id)}::text[], ${column(({ position }) => position)}::int8[], ${column(({ message }) => message.role)}::text[],
      ${column(({ message }) => JSON.stringify(message))}::text[], ${column(({ message }) => plainText(message))}::text[])
      as m (thread_id, run_id, user_id, id, position, role, message, text)`;
}

/** The stored messages of a thread, oldest first, as this transaction may see them. */
export async function getThreadMessages(tx: Tx, threadId: string): Promise<Message[]> {
  const rows = await rowsOf<{ message: Message }>(
    tx,
    sql`select message from flightdeck.messages where thread_id = ${threadId} order by position`,
  );
  return rows.map(({ message }) => message);
}
