import type { ToolSet } from "ai";
import { AppError } from "@/lib/failures/app-error";

const FAILED = "This did not work just now. Do not repeat it more than once; answer without it or say that it failed.";

/**
 * The tools with their exceptions turned into results: the model reads that a tool failed and can go on, while the reason, which may
 * quote a query or another system, goes to `onError` alone. A stop still ends the call.
 */
export function guardTools(tools: ToolSet, onError: (toolName: string, error: unknown) => void): ToolSet {
  return Object.fromEntries(
    Object.entries(tools).map(([name, tool]) => {
      const { execute } = tool;
      if (!execute) return [name, tool];
      const guarded: typeof execute = async (input, options) => {
        try {
          return await execute(input, options);
        } catch (error) {
          options.abortSignal?.throwIfAborted();
          onError(name, error);
          return { error: error instanceof AppError ? error.message : FAILED };
        }
      };
      return [name, { ...tool, execute: guarded }];
    }),
  ) as ToolSet;
}
