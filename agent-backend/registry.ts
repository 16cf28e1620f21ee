import type { AgentDefinition } from "./execution/agent-definition";
import { invoiceAgent } from "./graphs/invoices/definition";
import { orderAgent } from "./graphs/orders/definition";

export type AgentRegistry = ReadonlyMap<string, AgentDefinition>;

/** The CoAgents of this service by id. Add one: write its definition, name it here. */
export const agents: AgentRegistry = new Map([
  [orderAgent.id, orderAgent],
  [invoiceAgent.id, invoiceAgent],
]);
