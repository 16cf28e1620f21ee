// Which orders people mean. Imported orders have the numbers of the system that they come from: `10248` as well as `SO/2026-7`.
import { inArray, or, sql } from "drizzle-orm";
import { orders } from "@/db/schema";
import type { TenantWork } from "../../tenant-work";

/** What surely is meant as an order's number, also where there is no such order. */
const ORDER_NUMBER = /\b([A-Z][A-Z\d]{1,4}-\d[\w-]*)\b/i;
/** What may be one. */
const MAYBE_A_NUMBER = /[\w#][\w#./-]*\w|\d/g;
/** Digits that are one by what stands before them ("order 7", "#7"), or by their length. */
const SAID_TO_BE_ONE =
  /(?:\border(?: no\.?| number)?\s+|\bord[\s-]?|#)(\d+)\b|(?<![\w/.-])(\d{3,})(?![\w/-])(?! orders)/gi;
const MAYBE_MAX = 20;

/**
 * The ids that each name may mean: the order of this number, whatever its case, or those whose number ends so. `1042` and `ord1042` mean
 * ORD-1042.
 */
export async function findOrders(work: TenantWork, names: readonly string[]): Promise<Map<string, string[]>> {
  const wanted = [...new Set(names.map((name) => name.toUpperCase()))].slice(0, MAYBE_MAX);
  const endings = wanted.flatMap((name) => /^[A-Z]*(\d+)$/.exec(name)?.[1] ?? []);
  const upper = sql<string>`upper(${orders.id})`;
  const endsSo = endings.length > 0 ? sql`${upper} ~ ${`[^0-9](${endings.join("|")})$`}` : undefined;
  const rows =
    wanted.length === 0
      ? []
      : await work((tx) =>
          tx
            .select({ id: orders.id })
            .from(orders)
            .where(or(inArray(upper, wanted), endsSo)),
        );
  const ids = rows.map(({ id }) => id).sort();
  return new Map(
    wanted.map((name) => {
      const exact = ids.filter((id) => id.toUpperCase() === name);
      return [name, exact.length > 0 ? exact : ids.filter((id) => endsWith(id.toUpperCase(), name))];
    }),
  );
}

/** The order that a message is about: one that exists, or else a number that cannot be anything else. */
export async function findOrderIn(work: TenantWork, message: string): Promise<string | undefined> {
  const words = (message.match(MAYBE_A_NUMBER) ?? []).filter((word) => /\d/.test(word));
  const said = [...message.matchAll(SAID_TO_BE_ONE)].map((match) => match[1] ?? match[2] ?? "");
  const found = await findOrders(work, [...words, ...said]);
  const meant = [...found].map(([name, ids]) => ({ name, ids }));
  const exact = meant.find(({ name, ids }) => ids[0]?.toUpperCase() === name);
  const short = meant.find(({ name, ids }) => ids.length === 1 && said.includes(name));
  return exact?.ids[0] ?? short?.ids[0] ?? ORDER_NUMBER.exec(message)?.[1]?.toUpperCase();
}

/** `ORD-1042` ends with 1042 and with ORD1042, and not with 042. */
function endsWith(id: string, name: string): boolean {
  return /^\d+$/.test(name)
    ? id.endsWith(name) && !/\d$/.test(id.slice(0, -name.length))
    : id.replace(/\W/g, "") === name;
}
