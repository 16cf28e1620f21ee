import { resolve } from "node:path";
import { env } from "@/lib/env";
import { adminUrl, DATABASE, dataDirectory, openCluster } from "./launch/postgres/cluster";
import { readPostmaster } from "./launch/postgres/postmaster-file";

/** Points this process at the database that `npm start` uses: the one in the environment, or the running embedded one of the home. */
export async function connectToHome(): Promise<void> {
  if (process.env.FLIGHTDECK_DATABASE_URL || process.env.DATABASE_URL) return;
  const home = resolve(env().FLIGHTDECK_HOME);
  const { cluster } = await openCluster(home);
  const server = await readPostmaster(dataDirectory(cluster));
  if (!server) throw new Error(`no database runs in ${home}: start it with npm start, or set DATABASE_URL`);
  process.env.FLIGHTDECK_DATABASE_URL = adminUrl(cluster, server.port, DATABASE);
}
