import { interrupt } from "@langchain/langgraph";
import { type Decision, decisionSchema, type OrderState } from "@/contract/orders";

/**
 * Stops here until somebody has decided. Everything above `interrupt` runs again when the graph goes on, so there is nothing above it.
 * The question's own id is the protocol's: it is that of the approval, which is where the answer is kept.
 */
export function awaitDecision(state: OrderState): Decision {
  const question = state.question;
  if (!question) throw new Error(`${state.orderId} waits for a decision without a question`);
  return decisionSchema.parse(
    interrupt({
      id: question.approvalId,
      reason: question.reason,
      message: question.message,
      metadata: { approvalId: question.approvalId, orderId: state.orderId },
    }),
  );
}
