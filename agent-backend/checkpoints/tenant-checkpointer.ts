import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import type pg from "pg";
import { LANGGRAPH_SCHEMA } from "@/db/langgraph";
import { StrictSerializer } from "./strict-serializer";

/**
 * LangGraph's checkpoints of one tenant. The library opens its own transactions and reads outside of any, so the binding to role and
 * tenant sits in the connection that it is given: every transaction begins bound and ends with nothing left on the connection.
 */
export function tenantCheckpointer(pool: () => pg.Pool, tenantId: string): PostgresSaver {
  return new PostgresSaver(new BoundPool(pool, tenantId) as unknown as pg.Pool, new StrictSerializer(), {
    schema: LANGGRAPH_SCHEMA,
  });
}

/** A thread's key among the checkpoints. Their primary key has no tenant in it, so two tenants' threads must never share a name. */
export function threadKey(tenantId: string, agent: string, threadId: string): string {
  return `${tenantId}:${agent}:${threadId}`;
}

type Query = (text: string, values?: unknown[]) => Promise<pg.QueryResult>;

class BoundPool {
  constructor(
    private readonly pool: () => pg.Pool,
    private readonly tenantId: string,
  ) {}

  /** A connection whose `BEGIN` also binds it. The library sends that word in this spelling, and nothing outside a transaction. */
  async connect(): Promise<{ query: Query; release(error?: Error): void }> {
    const client = await this.pool().connect();
    let broken: Error | undefined;
    const heard = (error: Error) => {
      broken = error;
    };
    client.on("error", heard);
    const query: Query = async (text, values) => {
      const result = await client.query(text, values);
      if (text === "BEGIN") await this.bind(client);
      return result;
    };
    const release = (error?: Error) => {
      client.off("error", heard);
      client.release(error ?? broken);
    };
    return { query, release };
  }

  async query(text: string, values?: unknown[]): Promise<pg.QueryResult> {
    const client = await this.connect();
    let failure: Error | undefined;
    try {
      await client.query("BEGIN");
      const result = await client.query(text, values);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((lost: Error) => {
        failure = lost;
      });
      throw error;
    } finally {
      client.release(failure);
    }
  }

  async bind(client: pg.PoolClient): Promise<void> {
    await client.query(
      "select set_config('role', 'flightdeck_runner', true), set_config('flightdeck.tenant', $1, true)",
      [this.tenantId],
    );
  }
}
