/** Which model a person may choose for a run: one that the operator offers and their tenant allows. Nothing else about a run is theirs. */
import type { RunAgentInput } from "@ag-ui/core";
import { AppError } from "@/lib/failures/app-error";

export function modelNotAllowed(): AppError {
  return new AppError("model_not_allowed", "This model is not available to you. Choose another and ask again.", {
    status: 403,
  });
}

/** The model that a run's `forwardedProps` ask for. Throws AppError model_not_allowed when they ask for something that is no model's id. */
export function choiceOf(forwardedProps: RunAgentInput["forwardedProps"]): string | undefined {
  if (forwardedProps === null || typeof forwardedProps !== "object") return undefined;
  const { model } = forwardedProps as { model?: unknown };
  if (model === undefined || model === null) return undefined;
  if (typeof model !== "string") throw modelNotAllowed();
  return model;
}

/**
 * Of the offered models those that the tenant allows, in the offered order; when it allows none of them, the first one: a list that
 * was made for another installation must not leave people without a model.
 */
export function allowedOf<Model extends { modelId: string }>(
  offered: readonly [Model, ...Model[]],
  allowed: readonly string[] | null,
): [Model, ...Model[]] {
  const [first, ...rest] = offered.filter(({ modelId }) => allowed === null || allowed.includes(modelId));
  return first ? [first, ...rest] : [offered[0]];
}

/** The models of a run without those that the tenant does not allow to stand in for the chosen one. */
export function servedTo<Model extends { modelId: string }>(
  allowed: readonly string[] | null,
  [chosen, ...others]: readonly [Model, ...Model[]],
): [Model, ...Model[]] {
  return [chosen, ...others.filter(({ modelId }) => allowed === null || allowed.includes(modelId))];
}
