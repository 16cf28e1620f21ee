/** What can be observed of one call to a model: the only input of `classify`. */
import { z } from "zod";

/** A thrown value, nested as it was thrown. Names beyond the first five are what the AI SDK hangs on its errors. */
export const jsErrorSchema = z.object({
  name: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  statusCode: z.number().nullish().catch(null),
  /** Not validated here: each level of the chain is parsed when it is walked. */
  cause: z.unknown(),
  type: z.string().nullish().catch(null),
  responseBody: z.string().nullish().catch(null),
  responseHeaders: z.record(z.unknown()).nullish().catch(null),
  errors: z.array(z.unknown()).nullish().catch(null),
  lastError: z.unknown(),
});
export type JsError = z.infer<typeof jsErrorSchema>;

export const observationSchema = z.object({
  provider: z.string(),
  phase: z.enum(["pre_response", "mid_stream", "finish", "transport", "tool"]),
  status: z.number().int().nullish(),
  headers: z.record(z.unknown()).nullish(),
  /** Raw text as received; of a stream, its frames. */
  body: z.string().nullish(),
  /** True when the reader already saw text of this answer, whether or not `body` holds it. */
  partialOutputSeen: z.boolean().nullish().catch(null),
  jsError: jsErrorSchema.nullish(),
  /** A finish reason already read by a client, when the raw body is gone. */
  finishReason: z.string().nullish().catch(null),
  /** Our own flag, because a client's abort error does not say who aborted. */
  abortedBy: z.enum(["user", "deadline"]).nullish().catch(null),
});
export type Observation = z.infer<typeof observationSchema>;

/** One line of the `classify` command's input. */
export const sampleLineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  provider: observationSchema.shape.provider,
  phase: observationSchema.shape.phase,
  input: observationSchema.omit({ provider: true, phase: true }),
});
