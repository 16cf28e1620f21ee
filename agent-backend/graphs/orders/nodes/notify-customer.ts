import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { OrderState } from "@/contract/orders";
import { GraphRunError } from "../../../agui/run-graph";
import { OutsideFailure } from "../../../systems/outside-failure";
import { turnRound } from "../cancellation";
import { callOnce, effectKey, type OrderWorld } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, next, skipped } from "../steps";

/** NOTIFY_CUSTOMER: sends the letter as it was released. The effect's row is the outbox: what it holds is what is sent. */
export async function notifyCustomer(
  world: OrderWorld,
  state: OrderState,
  config: LangGraphRunnableConfig,
): Promise<OrderUpdate> {
  const key = effectKey(state, "SEND_NOTICE", 0);
  const find = (key: string) => world.systems.mail.find(key);
  const stopped = await turnRound(world, state, { key, find });
  if (stopped) return stopped;
  const { notice, customer } = state;
  if (!notice || notice.state === "skipped" || !customer?.email) {
    const why = customer?.email ? "No letter was wanted." : "The customer has no address for mail.";
    return { steps: { ...skipped(state, ["NOTIFY_CUSTOMER"], why), ...next(state, "FINALIZE_ORDER") } };
  }
  const mail = { to: customer.email, subject: notice.subject, body: notice.body };
  const { entry } = await callOnce<{ reference: string }>(world, state, config, {
    key,
    step: "NOTIFY_CUSTOMER",
    system: "mail",
    operation: "send",
    request: mail,
    call: (key) => world.systems.mail.send(key, mail),
    find,
    describe: ({ reference }) => ({ outcome: "ok", reference, text: `“${mail.subject}” to ${mail.to}` }),
  }).catch((error: unknown) => {
    if (error instanceof OutsideFailure) throw new GraphRunError(`mail_${error.kind}`, error.message);
    throw error;
  });
  return {
    notice: { ...notice, state: "sent" },
    steps: {
      NOTIFY_CUSTOMER: ended(begun(state, "NOTIFY_CUSTOMER"), { note: `Sent to ${mail.to}`, entries: [entry] }),
      ...next(state, "FINALIZE_ORDER"),
    },
  };
}
