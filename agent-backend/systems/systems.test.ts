import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/test/free-port";
import { type Served, serve } from "@/test/serve";
import { httpCarrier } from "./http/carrier";
import { httpCatalog } from "./http/catalog";
import { httpPayment } from "./http/payment";
import { OutsideFailure } from "./outside-failure";
import { smtpMail } from "./smtp/mail";

/** A provider that answers what each test tells it to, and keeps what it was asked. */
let provider: Served;
let answer: () => Response = () => Response.json({});
let asked: { method: string; path: string; key: string | null; bearer: string | null; body: unknown }[] = [];

const letters: { to: string[]; text: string }[] = [];
let smtpPort: number;
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onRcptTo: ({ address }, _session, done) =>
    done(address.startsWith("refused") ? Object.assign(new Error("no such box"), { responseCode: 550 }) : null),
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      letters.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        text: Buffer.concat(chunks).toString("utf8"),
      });
      done();
    });
  },
});

beforeAll(async () => {
  provider = await serve(async (request) => {
    const { method, headers } = request;
    const { pathname, search } = new URL(request.url);
    const body = method === "POST" ? await request.json() : undefined;
    const key = headers.get("idempotency-key");
    asked.push({ method, path: pathname + search, key, bearer: headers.get("authorization"), body });
    return answer();
  });
  smtpPort = await freePort();
  await new Promise<void>((resolve) => smtp.listen(smtpPort, "127.0.0.1", () => resolve()));
});

afterAll(async () => {
  await provider.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error) => (error instanceof OutsideFailure ? error.kind : String(error)),
  );
const request = { orderId: "ORD-1", amountMinor: 1_250, currency: "EUR", method: "tok_1" };

test("a payment goes out with its key and bearer, and the provider's two answers come back as they are", async () => {
  const payment = httpPayment(`${provider.url}/v1/`, "secret");
  asked = [];
  answer = () => Response.json({ status: "declined", reference: "p1", reason: "No funds." });
  expect(await payment.authorize("thr_1:PAYMENT_AUTH:0", request)).toEqual({
    status: "declined",
    reference: "p1",
    reason: "No funds.",
  });
  expect(asked).toEqual([
    { method: "POST", path: "/v1/authorizations", key: "thr_1:PAYMENT_AUTH:0", bearer: "Bearer secret", body: request },
  ]);
  answer = () => new Response(null, { status: 404 });
  expect(await payment.find("thr_1:PAYMENT_AUTH:0")).toBeNull();
});

test("what may have been done, what was not done, and what will not be done are told apart", async () => {
  const payment = httpPayment(provider.url);
  answer = () => new Response("gateway", { status: 503 });
  expect(await failure(payment.authorize("k", request))).toBe("outage");
  answer = () => new Response("{}", { status: 422 });
  expect(await failure(payment.authorize("k", request))).toBe("refused");
  answer = () => new Response('{"status":', { status: 200 });
  expect(await failure(payment.authorize("k", request))).toBe("timeout");
  expect(await failure(httpPayment(`http://127.0.0.1:${await freePort()}`).authorize("k", request))).toBe("outage");
});

test("shipments are booked, found, cancelled and tracked; products are searched", async () => {
  const carrier = httpCarrier(provider.url);
  asked = [];
  answer = () => Response.json({ reference: "S 1", trackingUrl: "https://t.example/1" });
  await carrier.book("k1", { orderId: "O", recipient: "R", address: "A", items: [{ sku: "X", qty: 1 }] });
  await carrier.find("k 1");
  await carrier.cancel("k2", "S 1");
  answer = () =>
    Response.json({ reference: "S 1", status: "in_transit", text: "On its way.", at: "2026-11-20T10:00:00Z" });
  expect((await carrier.status("S 1"))?.status).toBe("in_transit");
  answer = () => Response.json({ products: [{ sku: "X", name: "Arm", unitPriceMinor: 5, available: 2 }] });
  expect(await httpCatalog(provider.url).search("arm & hand", 5)).toHaveLength(1);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /shipments",
    "GET /shipments?key=k%201",
    "POST /shipments/S%201/cancel",
    "GET /shipments/S%201",
    "GET /products?q=arm+%26+hand&limit=5",
  ]);
});

test("a letter reaches a real mail server, under the same Message-ID however often it is sent", async () => {
  const mail = smtpMail(`smtp://127.0.0.1:${smtpPort}`, "orders@acme.test");
  const letter = { to: "ruth@example.test", subject: "Grüße aus Linz", body: "Your order is on its way." };
  const first = await mail.send("thr_1:SEND_NOTICE:0", letter);
  const second = await mail.send("thr_1:SEND_NOTICE:0", letter);
  expect(second).toEqual(first);
  expect(letters).toHaveLength(2);
  expect(letters[0]?.to).toEqual(["ruth@example.test"]);
  expect(letters[0]?.text).toContain(`Message-ID: ${first.reference}`);
  expect(letters[0]?.text).toContain("Your order is on its way.");
  expect(await failure(mail.send("k", { ...letter, to: "refused@example.test" }))).toBe("refused");
  const away = smtpMail(`smtp://127.0.0.1:${await freePort()}`, "orders@acme.test");
  expect(await failure(away.send("k", letter))).toBe("outage");
});
