import { sql } from "drizzle-orm";

/** The rows of a written query, as the query's author says they are. */
export { runPrepared as rowsOf } from "@/db/run-prepared";

/** An array as one parameter; drizzle would spread it into a list. */
export const array = (values: unknown[]) => sql.param(values);
