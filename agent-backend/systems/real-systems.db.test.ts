// An order with every real system that the environment can choose, each at the other end of a real connection.
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { freePort } from "@/test/free-port";
import { createOrderBackend, type OrderBackend, RUN_TOKEN_SECRET } from "@/test/order-backend";
import { type Served, serve } from "@/test/serve";
import { envFrom } from "../env";
import { systemsFrom } from "./systems";

let backend: OrderBackend;
let outside: Served;
const letters: string[] = [];
/** What the providers have done, by the key they were given. */
const done = new Map<string, { path: string; body: { reference?: string } }>();
/** Paths whose next answer breaks off after the work was done. */
const answersLost = new Set<string>();

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, _session, received) => {
    let text = "";
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    stream.on("end", () => {
      letters.push(text);
      received();
    });
  },
});

const made: Record<string, (reference: string) => object> = {
  "/pay/authorizations": (reference) => ({ status: "authorized", reference }),
  "/ship/shipments": (reference) => ({ reference, trackingUrl: `https://t.example/${reference}` }),
};

async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/shop/products")
    return Response.json({ products: [{ sku: "FAR-1", name: "From afar", unitPriceMinor: 5, available: 2 }] });
  if (request.method === "GET") {
    const known = done.get(searchParams.get("key") ?? "");
    return known ? Response.json(known.body) : new Response(null, { status: 404 });
  }
  const key = request.headers.get("idempotency-key") ?? "";
  if (done.has(key)) throw new Error(`${key} was asked for twice`);
  const body = made[pathname]?.(`ref-${done.size}`) ?? { reference: `ref-${done.size}` };
  done.set(key, { path: pathname, body });
  return answersLost.delete(pathname) ? new Response('{"status":') : Response.json(body);
}

beforeAll(async () => {
  outside = await serve(answer);
  const smtpPort = await freePort();
  await new Promise<void>((resolve) => smtp.listen(smtpPort, "127.0.0.1", () => resolve()));
  const env = envFrom({
    RUN_TOKEN_SECRET,
    PAYMENT_API_URL: `${outside.url}/pay`,
    SHIPPING_API_URL: `${outside.url}/ship`,
    CATALOG_API_URL: `${outside.url}/shop`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  });
  backend = await createOrderBackend({ systemsOf: systemsFrom(env) });
});

afterAll(async () => {
  await backend.close();
  await outside.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

const begin = async (id: string) => {
  await backend.plant(backend.ada, { id, lines: [{ sku: id, qty: 1, stock: 5 }] });
  const threadId = newId("thr");
  const run = await backend.run(backend.ada, { threadId, forwardedProps: { orderId: id } });
  const [question] = run.last.outcome?.interrupts ?? [];
  expect(question?.reason, JSON.stringify(run.last)).toBe("order.notice");
  const answer = (payload: object) =>
    backend.run(backend.ada, {
      threadId,
      resume: [{ interruptId: question?.id ?? "", status: "resolved", payload }],
    });
  return answer;
};
const pathsDone = () => [...done.values()].map(({ path }) => path);

test("payment, shipment and letter go to the systems that the environment names, and nothing of them to the sandbox", async () => {
  done.clear();
  const answer = await begin("FAR-1");
  const end = await answer({ action: "send", subject: "On its way", body: "As said." });
  expect(end.state.outcome).toBe("fulfilled");
  expect(pathsDone()).toEqual(["/pay/authorizations", "/ship/shipments"]);
  expect(letters).toEqual([expect.stringContaining("Subject: On its way")]);
  expect(await backend.rows("select distinct system from flightdeck.sandbox_ledger")).toEqual([{ system: "stock" }]);
  const found = await backend.request(backend.ada, "POST", "/actions/search_products", { query: "afar" });
  expect(await found.json()).toMatchObject({ products: [{ sku: "FAR-1", name: "From afar" }] });
});

test("an answer that breaks off is looked up by its key: nothing is paid or booked twice, and cancelling undoes both there", async () => {
  done.clear();
  for (const path of Object.keys(made)) answersLost.add(path);
  const answer = await begin("FAR-2");
  expect(answersLost.size).toBe(0);
  expect(pathsDone()).toEqual(["/pay/authorizations", "/ship/shipments"]);
  const end = await answer({ action: "cancel", reason: "by phone" });
  expect(end.state.outcome).toBe("cancelled");
  expect(pathsDone().slice(2)).toEqual(["/ship/shipments/ref-1/cancel", "/pay/authorizations/ref-0/void"]);
});
