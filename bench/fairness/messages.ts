/** What the bench tells its node: the limit of each tenant, and how many conversations to make. */
export interface Instructions {
  runsAtOnce: number | null;
  threads: { acme: number; globex: number };
}

/** What the node answers once it is so. */
export interface Ready {
  url: string;
  threads: { acme: string[]; globex: string[] };
  bearers: { acme: string; globex: string };
}
