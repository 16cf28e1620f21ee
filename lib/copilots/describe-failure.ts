import { EventType } from "@ag-ui/client";
import { AppError } from "@/lib/failures/app-error";
import { ModelFailure } from "@/lib/models/model-failure";
import { gaveUpMessage } from "@/lib/models/notice-message";
import type { DescribedError } from "@/lib/runs/run-ending";
import { currentTraceId } from "@/lib/telemetry/log";

/** The code and the words for a failed turn. What the provider said stays on the server. */
export function describeFailure(error: unknown): DescribedError {
  if (error instanceof AppError) {
    const { code, message, retryAfterMs } = error;
    return { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (error instanceof ModelFailure) {
    const { class: code, retryAfterMs } = error.failure;
    const message = gaveUpMessage(code);
    return { code, message, ...(retryAfterMs !== null && { retryAfterMs }), traceId: currentTraceId() };
  }
  return ownRunError(error) ?? { ...INTERNAL, traceId: currentTraceId() };
}

const INTERNAL = {
  code: "internal",
  message: "Something went wrong on our side. Your question is kept; try again in a moment.",
};

/** An agent of ours has described its failure already. */
function ownRunError(error: unknown): DescribedError | null {
  const said = error as Partial<DescribedError> & { type?: unknown };
  if (said?.type !== EventType.RUN_ERROR || typeof said.code !== "string" || typeof said.message !== "string")
    return null;
  const { code, message, retryAfterMs, traceId } = said;
  return {
    code,
    message,
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
    ...(typeof traceId === "string" && { traceId }),
  };
}
